import { join } from 'node:path';
import { exclusively } from '../database/exclusive-lock.ts';

/** Does `change` while no other window or command changes what `folder` holds, so that neither's change is lost. */
export const changeAlone = <Result>(folder: string, change: () => Result): Result =>
  exclusively(join(folder, 'changing.lock'), change);
