import { isDeepStrictEqual } from 'node:util';
import { importChoices } from '#preload/contract/transfer-choices.ts';
import type { Layer, Merged } from '#preload/contract/layers.ts';
import type { Editor } from '#preload/domain/editor.ts';
import type { LayerSegment } from '../database/layers-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import { contributionOf, decidedOf, type Contribution } from './contribution.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { planImport } from './plan-import.ts';
import { allOf, besides, decidedHere, speakers, takenFrom, type Wanted } from './speakers.ts';
import { addLayerClasses, withoutIds } from './store-layer.ts';
import { WorkCells } from './work-cells.ts';

/**
 * Brings what was decided in other projects together. About a video, or a part that was handed out of one, that only one
 * of them speaks of, or all alike, and where it keeps all that was decided here, it becomes the project's own; what
 * contradicts stays beside it, as a layer for each, and so does what somebody said outside of their part. Nothing that anybody decided is left out, except where a video is not here, which is told.
 * Fails as opening a project does, before anything changes.
 */
export async function mergeProjects(project: OpenProject, paths: readonly string[], editor: Editor): Promise<Merged> {
  const others = paths.map((path) => contributionOf(project, path));
  const sum = { taken: 0, unchanged: 0, addedClasses: 0 };
  const warnings = others.flatMap((other) => other.warnings);
  const layers: Merged['layers'] = [];
  const cells = new WorkCells(others.map(({ asked }) => asked));
  const before = decidedHere(project, others);
  const takers = speakers(others, cells, before);
  for (const [index, other] of others.entries()) {
    const plan = await planOf(project, other, takenFrom(index, other, cells, takers));
    const built = project.edits.commit(
      () => plan.edit([...plan.said.segments], project.database.nextId('segments')),
      editor,
    );
    sum.taken += built.addedSegments;
    sum.unchanged += built.unchanged;
    sum.addedClasses += built.addedClasses;
    const disputed = await addLayer(project, other, other.name, besides(other, cells, takers, before));
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
  const added = await addLayer(project, other, name === '' ? other.name : name, allOf(other));
  project.publish({ topic: 'layers' });
  return {
    taken: 0,
    unchanged: 0,
    addedClasses: added?.addedClasses ?? 0,
    layers: added === null ? [] : [added.layer],
    warnings: [...other.warnings],
  };
}

/** A part of a contribution, as an import. */
async function planOf(project: OpenProject, other: Contribution, wanted: Wanted) {
  const said = new MergedAnnotations();
  const videos = other.said.videos.flatMap((video, index) => {
    const videoId = other.videoIds[index];
    if (videoId == null || !wanted.videoIds.has(videoId)) return [];
    return [{ index, video: wanted.isWhole(videoId) ? video : { ...video, reviews: [] } }];
  });
  const place = new Map(videos.map(({ index }, at) => [index, at]));
  said.add({
    classes: videos.length === 0 ? [] : other.said.classes,
    attributes: videos.length === 0 ? [] : other.said.attributes,
    videos: videos.map(({ video }) => video),
    segments: [...other.said.segments].flatMap((segment) => {
      const decided = place.has(segment.video) ? decidedOf(other, segment) : null;
      return decided !== null && wanted.isWanted(decided) ? [{ ...segment, video: place.get(segment.video)! }] : [];
    }),
    faults: [],
  });
  const { classes, attributes, segments, faults, segmentsOfVideo } = said;
  const file = { ...other.said, classes, attributes, videos: said.videos, segments, faults, segmentsOfVideo };
  const plan = await planImport(project, other.name, {}, file, importChoices.parse({}));
  return { ...plan, said: file };
}

async function addLayer(
  project: OpenProject,
  other: Contribution,
  name: string,
  wanted: Wanted,
): Promise<{ readonly layer: Merged['layers'][number]; readonly addedClasses: number } | null> {
  const plan = await planOf(project, other, wanted);
  const videoIds = [...wanted.videoIds];
  if (videoIds.length === 0) return null;
  const { database } = project;
  const rows = plan.rows([...plan.said.segments], 1);
  addLayerClasses(project, name, rows);
  const segments = withoutIds(rows.segments);
  // Who is merged twice says nothing new.
  const known = database.layers.present().find((layer) => saysTheSame(project, layer, videoIds, segments));
  const id = known?.id ?? database.transaction(() => database.layers.add(name, videoIds, segments, wanted.parts));
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
