// A program to be killed: it edits the project named on its command line, closes it, and kills itself as soon as it sees
// the copy of the database grow, which it can see only while it is not held up by it.
import { readdirSync } from 'node:fs';
import { EditLog } from '../annotation/edit-log.ts';
import { openProjectFolder } from '../project/project-folder.ts';

const { opened, folder } = openProjectFolder(process.argv[2]!, 'test');
new EditLog(opened.database, () => undefined).undo();
setInterval(() => {
  if (readdirSync(folder.backups).some((name) => name.endsWith('.unfinished'))) process.kill(process.pid, 'SIGKILL');
}, 1);
await opened.backUp();
opened.close();
process.exit(0);
