import type { Agreement, Layer } from '#preload/contract/layers.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { agreementOf } from '../agreement/agreement.ts';
import { commonParts } from '../agreement/common-parts.ts';
import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import type { LayerSegment } from '../database/layers-table.ts';
import type { OpenProject } from './open-project.ts';

/** How far two agree on the videos of both, and of those handed out in parts on the parts of both: layers, or what the project says itself (null). */
export function agreementBetween(project: OpenProject, one: number | null, other: number | null): Agreement {
  const [a, b] = [sideOf(project, one), sideOf(project, other)];
  const both = a.videoIds
    .filter((videoId) => b.videoIds.includes(videoId))
    .map((videoId) => ({ videoId, parts: commonParts(a.parts(videoId), b.parts(videoId)) }))
    .filter(({ parts }) => parts === null || parts.length > 0);
  return agreementOf(
    both.map(({ videoId, parts }) => ({
      frames: project.frames(videoId),
      a: a.accepted(videoId),
      b: b.accepted(videoId),
      parts,
    })),
    project.database.classes.present(),
  );
}

/** Fails with `not-found` where it is not there. */
export function layerOf({ database }: OpenProject, id: number): Layer {
  const layer = database.layers.present().find((one) => one.id === id);
  if (layer === undefined)
    throw new Failure('not-found', say('There is no layer {{id}} in this project.', { id: String(id) }), { id });
  return layer;
}

/** Videos of which the project itself says something. */
export const coveredByProject = ({ database }: OpenProject): number[] =>
  database.videos
    .present()
    .map(({ id }) => id)
    .filter(
      (id) =>
        database.segments.ofVideo(id).some((segment) => !isUntouchedProposal(segment)) ||
        database.reviews.ofVideo(id).some(({ state }) => state === 'complete'),
    );

/** Who speaks in a comparison: a layer, or the project itself. */
function sideOf(project: OpenProject, layerId: number | null) {
  const isAccepted = ({ state }: Pick<LayerSegment, 'state'>): boolean => state === 'accepted';
  const { segments, layers } = project.database;
  if (layerId === null) {
    const asked = Map.groupBy(project.settings.askedParts, ({ videoId }) => videoId);
    return {
      videoIds: coveredByProject(project),
      accepted: (videoId: number) => segments.ofVideo(videoId).filter(isAccepted),
      parts: (videoId: number) => asked.get(videoId) ?? null,
    };
  }
  const { id, videoIds } = layerOf(project, layerId);
  return {
    videoIds,
    accepted: (videoId: number) => layers.ofVideo(id, videoId).filter(isAccepted),
    parts: (videoId: number) => layers.partsOf(id, videoId),
  };
}
