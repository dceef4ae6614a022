import { notify, attempt } from '../../app/notices.ts';
import { backend } from '../../backend/client.ts';

/** Makes a version live, or none (null), and says so; proposals follow by themselves. */
export function goLive(versionId: number | null, name: string): void {
  attempt(
    backend.tuning
      .setLive({ versionId })
      .then(() => notify(`${name} is in use. Proposals are scored again.`, 'success')),
  );
}
