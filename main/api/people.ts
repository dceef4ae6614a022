import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const peopleHandlers = ({ people }: Studio) =>
  os.people.router({
    list: os.people.list.handler(() => people.list()),
    look: os.people.look.handler(({ input, context }) => people.look(context.editor, input)),
  });
