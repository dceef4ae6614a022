// A program to be killed: it does the edits of a model from a given one on, each on a real project, and prints the number
// of each and the length of the write-ahead log once the edit is committed.
import { statSync, writeSync } from 'node:fs';
import { createSegment } from '#main/annotation/create-segment.ts';
import { EditLog } from '#main/annotation/edit-log.ts';
import { removeSegments } from '#main/annotation/remove-segments.ts';
import { updateSegments } from '#main/annotation/update-segments.ts';
import { openProjectFolder } from '#main/project/project-folder.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { ProjectModel, segmentFrames } from './project-model.ts';
import type { ModelEdit } from './project-model.ts';

const [project, seed, done] = process.argv.slice(2);
const { opened, folder } = openProjectFolder(project!, 'torture');
const { database } = opened;
const log = new EditLog(database, () => undefined);
const frames = FrameTable.fromArray(database.videos.frames(1)!);
const classes = database.classes.all();
const context = { classes, framesOf: () => frames };
const model = ProjectModel.after(Number(seed), Number(done));

function perform(edit: ModelEdit): void {
  if (edit.kind === 'undo') log.undo();
  else if (edit.kind === 'redo') log.redo();
  else if (edit.kind === 'remove') log.commit(() => removeSegments([database.segments.get(edit.id)!], classes));
  else if (edit.kind === 'update') {
    const { state, note } = edit;
    log.commit(() => updateSegments([database.segments.get(edit.id)!], { state, note }, context));
  } else {
    const span = { startUs: frames.startUs(edit.frame), endUs: frames.startUs(edit.frame + segmentFrames) };
    const actionClass = classes.find(({ id }) => id === edit.classId)!;
    log.commit(() => createSegment(database.nextId('segments'), 1, span, { actionClass, frames }));
  }
}

for (let count = Number(done) + 1; ; count += 1) {
  const edit = model.draw();
  perform(edit);
  model.do(edit);
  writeSync(1, `${count} ${statSync(`${folder.database}-wal`).size}\n`);
}
