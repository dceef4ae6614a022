import { isDeepStrictEqual } from 'node:util';
import { importChoices } from '#preload/contract/transfer-choices.ts';
import type { Layer, Merged } from '#preload/contract/layers.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import type { LayerSegment } from '../database/layers-table.ts';
import { openDatabaseToLook } from '../database/open-database.ts';
import type { OpenProject } from '../project/open-project.ts';
import { partNames, partsOf } from '../project/folder-parts.ts';
import { projectName } from '../project/project-folder.ts';
import { refuseStrangeEntries } from '../project/links-out.ts';
import { decisionsOf } from './decisions-of.ts';
import { soleAnnotator } from './layer-of-file.ts';
import { meetVideos } from './meet-videos.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { planImport } from './plan-import.ts';
import type { FileOfAnnotations } from './read-on-thread.ts';
import { addLayerClasses, withoutIds } from './store-layer.ts';

/** What one other project says, and which of its videos are here. */
interface Contribution {
  readonly name: string;
  readonly said: FileOfAnnotations;
  /** This project's video for each of its own; null: not here. */
  readonly videoIds: readonly (number | null)[];
  readonly warnings: readonly string[];
}

/**
 * Brings what was decided in other projects together. About a video that only one of them speaks of, or all alike, and
 * where it keeps all that was decided here, it becomes the project's own; what contradicts stays beside it, as a layer for
 * each. Nothing that anybody decided is left out, except where a video is not here, which is told.
 * Fails as opening a project does, before anything changes.
 */
export async function mergeProjects(project: OpenProject, paths: readonly string[]): Promise<Merged> {
  const others = paths.map((path) => contributionOf(project, path));
  const sum = { taken: 0, unchanged: 0, addedClasses: 0 };
  const warnings = others.flatMap((other) => other.warnings);
  const layers: Merged['layers'] = [];
  const takers = speakers(project, others);
  for (const [index, other] of others.entries()) {
    const own = new Set([...takers].filter(([, taker]) => taker === index).map(([videoId]) => videoId));
    const plan = await planOf(project, other, (videoId) => own.has(videoId));
    const built = project.edits.commit(() => plan.edit([...plan.said.segments], project.database.nextId('segments')));
    sum.taken += built.addedSegments;
    sum.unchanged += built.unchanged;
    sum.addedClasses += built.addedClasses;
    const disputed = await addLayer(project, other, other.name, (videoId) => takers.get(videoId) === 'dispute');
    if (disputed === null) continue;
    sum.addedClasses += disputed.addedClasses;
    layers.push(disputed.layer);
  }
  project.publish({ topic: 'layers' });
  return { ...sum, layers, warnings };
}

/** All that another project says, as a layer. */
export async function layerOfProject(project: OpenProject, path: string, name: string): Promise<Merged> {
  const other = contributionOf(project, path);
  const added = await addLayer(project, other, name === '' ? other.name : name, () => true);
  project.publish({ topic: 'layers' });
  return {
    taken: 0,
    unchanged: 0,
    addedClasses: added?.addedClasses ?? 0,
    layers: added === null ? [] : [added.layer],
    warnings: [...other.warnings],
  };
}

function contributionOf(project: OpenProject, path: string): Contribution {
  refuseStrangeEntries(path, partNames);
  const folder = partsOf(path);
  const opened = openDatabaseToLook({
    file: folder.database,
    backupFolder: folder.backups,
    appVersion: project.appVersion,
  });
  try {
    const said = decisionsOf(opened.database, projectName(path));
    const { videos, warnings } = meetVideos(said, project.database.videos.present());
    return {
      name: soleAnnotator(said) ?? projectName(path),
      said,
      videoIds: videos.map((video) => video?.id ?? null),
      warnings: warnings.map((warning) => `${projectName(path)}: ${warning}`),
    };
  } finally {
    opened.close();
  }
}

/** For each video the contribution that is taken over, or that it is disputed. */
function speakers(project: OpenProject, others: readonly Contribution[]): Map<number, number | 'dispute'> {
  const classNames = new Map(project.database.classes.all().map(({ id, name }) => [id, name]));
  const rows = others.map((other) => rowsByVideo(other));
  const videoIds = new Set(rows.flatMap((of) => [...of.keys()]));
  return new Map(
    [...videoIds].map((videoId) => {
      const speaking = rows.flatMap((of, index) => (of.has(videoId) ? [{ index, said: of.get(videoId)! }] : []));
      const [first] = speaking;
      const isOfOneMind = speaking.every(({ said }) => sameSet(said, first!.said));
      const here = project.database.segments.ofVideo(videoId).filter((segment) => !isUntouchedProposal(segment));
      const keepsOurs = here.every((segment) =>
        first!.said.has(textOf(segment, classNames.get(segment.classId) ?? '')),
      );
      return [videoId, isOfOneMind && keepsOurs ? first!.index : 'dispute'] as const;
    }),
  );
}

/** What a contribution says of each video here, each segment as a text. */
function rowsByVideo({ said, videoIds }: Contribution): Map<number, ReadonlySet<string>> {
  const rows = new Map<number, Set<string>>();
  for (const videoId of videoIds) if (videoId !== null) rows.set(videoId, new Set());
  for (const segment of said.segments) {
    const videoId = videoIds[segment.video];
    if (videoId == null || !('startS' in segment)) continue;
    const span = { startUs: Math.round(segment.startS * 1e6), endUs: Math.round(segment.endS * 1e6) };
    rows.get(videoId)!.add(textOf({ ...segment, ...span }, said.classes[segment.class!]!.name));
  }
  return rows;
}

const textOf = ({ startUs, endUs, state }: Pick<Segment, 'startUs' | 'endUs' | 'state'>, name: string): string =>
  JSON.stringify([name.toLowerCase(), startUs, endUs, state]);

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

/** The part of a contribution that is about some videos, as an import. */
async function planOf(project: OpenProject, other: Contribution, isWanted: (videoId: number) => boolean) {
  const said = new MergedAnnotations();
  const wanted = (video: number): boolean => {
    const videoId = other.videoIds[video];
    return videoId != null && isWanted(videoId);
  };
  const videos = other.said.videos.map((video, index) => ({ video, index })).filter(({ index }) => wanted(index));
  const place = new Map(videos.map(({ index }, at) => [index, at]));
  said.add({
    classes: videos.length === 0 ? [] : other.said.classes,
    videos: videos.map(({ video }) => video),
    segments: [...other.said.segments].flatMap((segment) =>
      place.has(segment.video) ? [{ ...segment, video: place.get(segment.video)! }] : [],
    ),
    faults: [],
  });
  const { classes, segments, faults, segmentsOfVideo } = said;
  const file = { ...other.said, classes, videos: said.videos, segments, faults, segmentsOfVideo };
  const plan = await planImport(project, other.name, {}, file, importChoices.parse({}));
  return { ...plan, said: file };
}

async function addLayer(
  project: OpenProject,
  other: Contribution,
  name: string,
  isWanted: (videoId: number) => boolean,
): Promise<{ readonly layer: Merged['layers'][number]; readonly addedClasses: number } | null> {
  const plan = await planOf(project, other, isWanted);
  const videoIds = other.videoIds.flatMap((id) => (id !== null && isWanted(id) ? [id] : []));
  if (videoIds.length === 0) return null;
  const { database } = project;
  const rows = plan.rows([...plan.said.segments], 1);
  addLayerClasses(project, name, rows.classes);
  const segments = withoutIds(rows.segments);
  // Who is merged twice says nothing new.
  const known = database.layers.present().find((layer) => saysTheSame(project, layer, videoIds, segments));
  const id = known?.id ?? database.transaction(() => database.layers.add(name, videoIds, segments));
  const added = database.layers.present().find((layer) => layer.id === id)!;
  return {
    layer: { id, name: added.name, videos: videoIds.length, segments: rows.segments.length },
    addedClasses: rows.classes.length,
  };
}

function saysTheSame(
  { database }: OpenProject,
  layer: Layer,
  videoIds: readonly number[],
  segments: readonly LayerSegment[],
): boolean {
  const known = layer.videoIds.flatMap((videoId) => database.layers.ofVideo(layer.id, videoId));
  const texts = (of: readonly LayerSegment[]): string[] => of.map((one) => JSON.stringify(one)).sort();
  return (
    isDeepStrictEqual(new Set(layer.videoIds), new Set(videoIds)) && isDeepStrictEqual(texts(known), texts(segments))
  );
}
