import { totalmem } from 'node:os';
import { openVideoModel } from '#native-models/open-video-model.ts';
import type { VideoTextModel } from '#native-models/open-video-model.ts';
import { expectNumbers } from './expect-numbers.ts';
import type { InferenceAnswers, ModelFacts, PinnedModel, PinnedScorer } from './inference-requests.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { modelFolderBytes } from './model-fingerprint.ts';
import { providerReportOf } from './provider-report-of.ts';
import { providerTrialJournal } from './provider-trial-journal.ts';

/** Models of clips stay open in an eighth of the machine's memory; the newest stays whatever its size. */
const openScorers = new LeastRecentlyUsed<VideoTextModel>(totalmem() / 8, (model) => void model[Symbol.asyncDispose]());

/** The requests that models of clips answer. */
export const answerScorer = {
  async scorerFacts({ model }) {
    const { hash, clipHash, frameCount, contextRows, dim, logitScale, preprocessing } = await open(model);
    return { output: { hash, clipHash, frameCount, contextRows, dim, logitScale, preprocessing } };
  },
  async warmUpScorer({ model }) {
    const opened = await open(model);
    return { output: providerReportOf(await opened.warmUp()) };
  },
  async encodeClips({ model, pixels, count }) {
    const opened = await open(model);
    const clips = await opened.encodeClips(pixels, count);
    for (const values of [clips.frames, clips.context]) expectNumbers(values, model.folder);
    return { output: clips, transfer: [clips.frames.buffer as ArrayBuffer, clips.context.buffer as ArrayBuffer] };
  },
  async encodeNames({ model, names }) {
    const opened = await open(model);
    const truncated = names.map((name) => opened.readName(name).truncated);
    const embeddings = await opened.encodeNames(names);
    expectNumbers(embeddings, model.folder);
    return { output: { embeddings, truncated } };
  },
  async scoreClips({ model, clips, names }) {
    const opened = await open(model);
    const logits = await opened.score(clips, names);
    expectNumbers(logits, model.folder);
    return { output: logits };
  },
} satisfies Partial<InferenceAnswers>;

/** A model of clips as the list of models shows it. */
export async function scorerEntry(model: PinnedModel): Promise<ModelFacts> {
  const { name, kind, dim, hash, logitScale, preprocessing, parts } = await open({ ...model, tunedFile: null });
  const readsText = parts.tokenizer !== null;
  const { folder } = model;
  const imageSize = preprocessing.cropHeight;
  return { name, folder, kind, dim, imageSize, readsText, hash, logitScale, preprocessing, temporal: null };
}

export const closeScorers = (): void => openScorers.clear();

async function open({ folder, provider, fingerprint, tunedFile }: PinnedScorer): Promise<VideoTextModel> {
  const key = [folder, provider, fingerprint, tunedFile].join('\0');
  const known = openScorers.get(key);
  if (known) return known;
  const tuned = tunedFile === null ? {} : { tunedFile };
  const opened = await openVideoModel(folder, { provider, trialJournal: providerTrialJournal, ...tuned });
  openScorers.set(key, opened, await modelFolderBytes(folder));
  return opened;
}
