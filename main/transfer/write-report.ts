import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { modeForOthers } from '../project/private-files.ts';
import { agreementBetween } from '../project/agreement-between.ts';
import { refusePathInName } from '../project/file-names.ts';
import type { OpenProject } from '../project/open-project.ts';
import { datasetFacts } from '../report/dataset-facts.ts';
import { reportPage } from '../report/report-page.ts';
import type { ExportOutlets } from './export-annotations.ts';

/** The report of a project's data set, as one page of HTML. */
export function reportOf(project: OpenProject): string {
  const { database } = project;
  const videos = database.videos.present().map(({ id, name, split, facts }) => {
    const segments = database.segments.ofVideo(id);
    const ofState = (state: string) => segments.filter((segment) => segment.state === state);
    return {
      name,
      split,
      span: { startUs: facts.firstFrameUs, endUs: facts.endUs },
      accepted: ofState('accepted'),
      proposed: ofState('proposed').length,
      rejected: ofState('rejected').length,
    };
  });
  const sides = [{ id: null, name: 'this project' }, ...database.layers.present()];
  const agreements = sides.flatMap((a, index) =>
    sides
      .slice(index + 1)
      .map((b) => ({ a: a.name, b: b.name, value: agreementBetween(project, a.id, b.id) }))
      .filter(({ value }) => value.videos > 0),
  );
  const facts = datasetFacts(videos, database.classes.present());
  return reportPage({ project: project.name, version: project.appVersion, at: new Date(), facts, agreements });
}

/**
 * Writes it to a file of a folder that a person chose; answers where. Fails with `bad-input` for a name that is none of a
 * page, `already-there` for what is not to be replaced, or as writing does.
 */
export async function writeReport(
  project: OpenProject,
  { place, fileName, replace }: { readonly place: string; readonly fileName: string; readonly replace: boolean },
  { places }: Pick<ExportOutlets, 'places'>,
): Promise<string> {
  refusePathInName(fileName);
  if (fileName.startsWith('.') || !fileName.toLowerCase().endsWith('.html'))
    throw new Failure('bad-input', say('A report is named with .html at its end.'), { fileName });
  const isTarget = places.isTarget(place);
  const path = isTarget ? places.pathOf(place) : join(await places.folderToWrite(place, project.folder.path), fileName);
  const there = await lstat(path).catch(() => null);
  if (there !== null && !there.isFile())
    throw new Failure(
      'bad-input',
      say('{{path}} is something else or leads elsewhere: choose another name.', { path }),
      { path },
    );
  if (there !== null && !replace && !isTarget)
    throw new Failure(
      'already-there',
      say('{{path}} is there already: replace it, or choose another name.', { path }),
      { path },
    );
  await writeFileAtomic(path, reportOf(project), there === null ? { mode: modeForOthers() } : {});
  return path;
}
