// A page of the studio to be killed: it does the edits of a model from a given one on, each by a call through the served
// door, and prints the number of each once it is acknowledged. It ends where the studio no longer answers.
import { writeSync } from 'node:fs';
import { ServedPage } from '#e2e/fixtures/served-page.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { frameStarts } from './tortured-project.ts';
import { ProjectModel, segmentFrames } from './project-model.ts';
import type { ModelEdit } from './project-model.ts';

const [link, seed, done] = process.argv.slice(2);
const page = await ServedPage.open(link!);
const frames = FrameTable.fromArray(frameStarts());
const model = ProjectModel.after(Number(seed), Number(done));

/** The segment that the model knows under another number: both count up as segments are drawn. */
async function stored(id: number): Promise<number> {
  const segments = (await page.call('segments/list', { videoId: 1 })) as { readonly id: number }[];
  const ids = segments.map((segment) => segment.id).sort((a, b) => a - b);
  const own = model.segments.map((segment) => segment.id).sort((a, b) => a - b);
  return ids[own.indexOf(id)]!;
}

async function perform(edit: ModelEdit): Promise<void> {
  if (edit.kind === 'undo' || edit.kind === 'redo') await page.call(`history/${edit.kind}`);
  else if (edit.kind === 'remove') await page.call('segments/remove', { segmentIds: [await stored(edit.id)] });
  else if (edit.kind === 'update') {
    const { state, note } = edit;
    await page.call('segments/update', { segmentIds: [await stored(edit.id)], state, note });
  } else {
    const [startUs, endUs] = [frames.startUs(edit.frame), frames.startUs(edit.frame + segmentFrames)];
    await page.call('segments/create', { videoId: 1, classId: edit.classId, startUs, endUs });
  }
}

try {
  for (let count = Number(done) + 1; ; count += 1) {
    const edit = model.draw();
    await perform(edit);
    model.do(edit);
    writeSync(1, `${count}\n`);
  }
} catch (error) {
  // What `fetch` throws where nobody answers; a refusal by the studio is the harness's to hear of.
  if (!(error instanceof TypeError)) writeSync(1, `refused ${String(error).slice(0, 300)}\n`);
}
