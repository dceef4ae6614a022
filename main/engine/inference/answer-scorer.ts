import { totalmem } from 'node:os';
import { openVideoModel } from '#native-models/open-video-model.ts';
import type { VideoTextModel } from '#native-models/open-video-model.ts';
import { expectNumbers } from './expect-numbers.ts';
import type { InferenceAnswers, PinnedScorer } from './inference-requests.ts';
import { LeastRecentlyUsed } from '../memory/least-recently-used.ts';
import { modelFolderBytes } from './model-fingerprint.ts';
import { providerReportOf } from './provider-report-of.ts';
import { notingTrials } from './provider-trial-journal.ts';

/** Models of clips stay open in an eighth of the machine's memory; the newest stays whatever its size. */
const openScorers = new LeastRecentlyUsed<VideoTextModel>(totalmem() / 8, (model) => void model[Symbol.asyncDispose]());

/** The requests that models of clips answer. */
export const answerScorer = {
  async scorerFacts({ model }) {
    const { hash, clipHash, frameCount, contextRows, dim, logitScale, preprocessing } = await openScorer(model);
    return { output: { hash, clipHash, frameCount, contextRows, dim, logitScale, preprocessing } };
  },
  async warmUpScorer({ model }) {
    const opened = await openScorer(model);
    return { output: providerReportOf(await opened.warmUp()) };
  },
  async encodeClips({ model, pixels, count }) {
    const opened = await openScorer(model);
    const clips = await opened.encodeClips(pixels, count);
    for (const values of [clips.frames, clips.context]) expectNumbers(values, model.folder);
    return { output: clips, transfer: [clips.frames.buffer as ArrayBuffer, clips.context.buffer as ArrayBuffer] };
  },
  async encodeNames({ model, names }) {
    const opened = await openScorer(model);
    const truncated = names.map((name) => opened.readName(name).truncated);
    const embeddings = await opened.encodeNames(names);
    expectNumbers(embeddings, model.folder);
    return { output: { embeddings, truncated } };
  },
  async scoreClips({ model, clips, names }) {
    const opened = await openScorer(model);
    const logits = await opened.score(clips, names);
    expectNumbers(logits, model.folder);
    return { output: logits };
  },
} satisfies Partial<InferenceAnswers>;

export const closeScorers = (): void => openScorers.clear();

/** The model of clips, opened once and kept. Fails as `openVideoModel` does. */
export async function openScorer({ folder, provider, fingerprint, tunedFile }: PinnedScorer): Promise<VideoTextModel> {
  const key = [folder, JSON.stringify(provider), fingerprint, tunedFile].join('\0');
  const known = openScorers.get(key);
  if (known) return known;
  const tuned = tunedFile === null ? {} : { tunedFile };
  const opened = await openVideoModel(folder, { provider, ...notingTrials, ...tuned });
  openScorers.set(key, opened, await modelFolderBytes(folder));
  return opened;
}
