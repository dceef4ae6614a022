// A program to be killed: it edits the project named on its command line as fast as it can, and prints the log's number
// of each edit once it is committed. Where an edit fails it prints the failure's code and ends.
import { writeSync } from 'node:fs';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { createSegment } from '../annotation/create-segment.ts';
import { EditLog } from '../annotation/edit-log.ts';
import { updateSegments } from '../annotation/update-segments.ts';
import { openProjectFolder } from '../project/project-folder.ts';
import { toFailure } from '../failures/to-failure.ts';

const { opened } = openProjectFolder(process.argv[2]!, 'test');
const { database } = opened;
const log = new EditLog(database, () => undefined);
const frames = FrameTable.fromArray(database.videos.frames(1)!);
const [actionClass] = database.classes.present();
const note = 'x'.repeat(2000);

const printLast = () => writeSync(1, `${database.edits.lastDone()!.id}\n`);

try {
  for (let count = 0; ; count += 1) {
    const startUs = frames.startUs(count % 200);
    const made = log.commit(() =>
      createSegment(
        database.nextId('segments'),
        1,
        { startUs, endUs: startUs + 1_000_000 },
        { actionClass: actionClass!, frames },
      ),
    );
    printLast();
    const context = { classes: database.classes.all(), framesOf: () => frames };
    log.commit(() => updateSegments([made.segments[0]!.after!], { state: 'rejected', note }, context));
    printLast();
    if (count % 3 === 0) log.undo();
  }
} catch (error) {
  writeSync(1, `${toFailure(error).code}\n`);
}
