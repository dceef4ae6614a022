import type { Editor } from '#preload/domain/editor.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { commonParts } from '../agreement/common-parts.ts';
import { consensusOf } from '../annotation/consensus.ts';
import { userEdit } from '../annotation/edit-value.ts';
import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import { agreementBetween, coveredByProject, layerOf } from '../project/agreement-between.ts';
import { handOut } from '../project/hand-out.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { Studio } from '../studio/studio.ts';
import { withoutIds } from '../transfer/store-layer.ts';
import { layerOfProject, mergeProjects } from '../transfer/merge-projects.ts';
import { os } from './implementer.ts';

export const layerHandlers = (studio: Studio) =>
  os.layers.router({
    list: os.layers.list.handler(() => studio.project().database.layers.present()),

    ofVideo: os.layers.ofVideo.handler(({ input: { videoId } }) => {
      const { layers } = studio.project().database;
      return layers
        .present()
        .filter(({ videoIds }) => videoIds.includes(videoId))
        .map(({ id, name }) => ({ layerId: id, name, segments: layers.ofVideo(id, videoId) }));
    }),

    add: os.layers.add.handler(({ input }) =>
      layerOfProject(studio.project(), studio.places.pathOf(input.place), input.name),
    ),

    keepOwn: os.layers.keepOwn.handler(({ input }) => {
      const project = studio.project();
      const { database } = project;
      const videoIds = coveredByProject(project);
      const segments = videoIds.flatMap((videoId) =>
        database.segments.ofVideo(videoId).filter((segment) => !isUntouchedProposal(segment)),
      );
      const id = database.transaction(() => database.layers.add(input.name, videoIds, withoutIds(segments)));
      project.publish({ topic: 'layers' });
      return layerOf(project, id);
    }),

    remove: os.layers.remove.handler(({ input }) => {
      const project = studio.project();
      project.database.transaction(() => project.database.layers.remove(layerOf(project, input.layerId).id));
      project.publish({ topic: 'layers' });
    }),

    agreement: os.layers.agreement.handler(({ input }) => {
      const project = studio.project();
      return agreementBetween(project, input.a, input.b);
    }),

    adjudicate: os.layers.adjudicate.handler(({ input, context }) =>
      adjudicate(studio.project(), input.layerIds, input.tIoU, context.editor),
    ),

    merge: os.layers.merge.handler(({ input, context }) =>
      mergeProjects(
        studio.project(),
        input.places.map((place) => studio.places.pathOf(place)),
        context.editor,
      ),
    ),

    splitWork: os.layers.splitWork.handler(async ({ input }) =>
      handOut(studio.project(), await studio.places.folderToWrite(input.place), input.annotators, input),
    ),
  });

function adjudicate(project: OpenProject, layerIds: readonly number[], tIoU: number, editor: Editor) {
  const { database } = project;
  const layers = [...new Set(layerIds)].map((id) => layerOf(project, id));
  const partsIn = (videoId: number) =>
    layers.filter((layer) => layer.videoIds.includes(videoId)).map(({ id }) => database.layers.partsOf(id, videoId));
  const videoIds = [...new Set(layers.flatMap((layer) => layer.videoIds))].filter((videoId) =>
    partsIn(videoId).some((one, index, all) =>
      all.slice(index + 1).some((other) => commonParts(one, other)?.length !== 0),
    ),
  );
  if (videoIds.length === 0)
    throw new Failure(
      'bad-input',
      say('These layers have no video, or no part of one, in common; there is nothing to settle.'),
      {},
    );
  let [agreed, disputed] = [0, 0];
  project.edits.commit(() => {
    let nextId = database.nextId('segments');
    const rows = videoIds.flatMap((videoId) => {
      const opinions = layers
        .filter((layer) => layer.videoIds.includes(videoId))
        .map(({ id, name }) => ({
          name,
          segments: database.layers.ofVideo(id, videoId).filter(({ state }) => state === 'accepted'),
          parts: database.layers.partsOf(id, videoId),
        }));
      const consensus = consensusOf(opinions, tIoU, project.frames(videoId), nextId);
      // What the project says already is said.
      const here = database.segments.ofVideo(videoId).filter((segment) => !isUntouchedProposal(segment));
      const isHere = (one: (typeof here)[number]): boolean =>
        here.some(
          ({ classId, startUs, endUs }) => classId === one.classId && startUs === one.startUs && endUs === one.endUs,
        );
      nextId += consensus.segments.length;
      return consensus.segments.filter((segment) => !isHere(segment));
    });
    agreed = rows.filter(({ state }) => state === 'accepted').length;
    disputed = rows.length - agreed;
    const names = layers.map(({ name }) => name);
    return userEdit(say('Settle {{names}}', { names }), { segments: rows.map((after) => ({ before: null, after })) });
  }, editor);
  return { agreed, disputed, videos: videoIds.length };
}
