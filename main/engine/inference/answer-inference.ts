import { totalmem } from 'node:os';
import { checkModel } from '#native-models/check-model.ts';
import { openModel } from '#native-models/open-model.ts';
import type { ImageTextModel } from '#native-models/open-model.ts';
import { withoutMerging } from '#native-models/runtime/plan.ts';
import type { PretrainedModel } from '#native-models/pretrained-model.ts';
import { untilGivenUp } from '#native-models/remote/giving-up.ts';
import { eachAnswer } from '#main/call-port/each-answer.ts';
import { inTurn } from '#main/call-port/in-turn.ts';
import { onlyScoresClips } from '#native-models/open-video-model.ts';
import type { InferenceAnswers, InferenceRequests, ModelFacts, PinnedModel } from './inference-requests.ts';
import { answerTuned, closeDenseModules } from './answer-tuned.ts';
import { answerScorer, closeScorers, openScorer } from './answer-scorer.ts';
import { expectNumbers } from './expect-numbers.ts';
import { processorsPerLane } from './lane-threads.ts';
import { LeastRecentlyUsed } from '../memory/least-recently-used.ts';
import { modelFolderBytes } from './model-fingerprint.ts';
import { scratchFile } from '../engine-scratch.ts';
import { providerReportOf } from './provider-report-of.ts';
import { notingTrials } from './provider-trial-journal.ts';

/** Models stay open in a quarter of the machine's memory; the newest stays whatever its size. */
const openModels = new LeastRecentlyUsed<ImageTextModel>(totalmem() / 4, (model) => void model[Symbol.asyncDispose]());

/** Where the lanes of one program find the forms of models that the first of them made; nowhere in a process of no program. */
const formsFolder = scratchFile('model-forms');
const keepingForms = formsFolder === undefined ? {} : { formsIn: formsFolder };

const answers: InferenceAnswers = {
  ...answerScorer,
  ...answerTuned,
  async facts({ model }) {
    const opened = onlyScoresClips(model.folder) ? openScorer({ ...model, tunedFile: null }) : open(model);
    return { output: factsOf(await opened, model.folder) };
  },
  async warmUp({ model }) {
    const opened = await open(model);
    return { output: providerReportOf(await opened.warmUp('images')) };
  },
  async encodeImages({ model, pixels, batch, sharedOut }) {
    const opened = await open(model, sharedOut);
    const features = await opened.encodeImages(pixels.subarray(0, batch * imageLength(opened)), batch);
    expectNumbers(features, model.folder);
    return { output: { features, pixels, provider: providerReportOf(opened.provider) }, transfer: [pixels.buffer] };
  },
  async encodeTexts({ model, texts }) {
    const opened = await open(model);
    const truncated = texts.map((text) => opened.readText(text).truncated);
    const embeddings = await opened.encodeTexts(texts);
    expectNumbers(embeddings, model.folder);
    return { output: { embeddings, truncated } };
  },
  async check({ folder, provider }) {
    const check = await checkModel(folder, { provider, ...notingTrials });
    return { output: { ...check, provider: providerReportOf(check.provider) } };
  },
};

/** The same answers, none of which is worked on, or waited for at a server, once whoever asked has given it up. */
const givenUpInTime = eachAnswer<InferenceRequests, never>(answers, (answer) => async (input, control) => {
  control.signal.throwIfAborted();
  return untilGivenUp(control.signal, () => answer(input, control));
});

/** What the inference thread answers, one after another, in the order in which it is asked. */
export const inferenceAnswers = inTurn(givenUpInTime);

export function closeModels(): void {
  openModels.clear();
  closeScorers();
  closeDenseModules();
}

/** @param known whether its provider was found good already. */
async function open(model: PinnedModel, known = false): Promise<ImageTextModel> {
  const { folder, provider, fingerprint } = model;
  const key = [folder, JSON.stringify(provider), fingerprint].join('\0');
  const kept = openModels.get(key);
  if (kept) return kept;
  const ofLane = { threads: processorsPerLane, isTried: known, ...keepingForms };
  const opened = await openModel(folder, {
    provider,
    ...notingTrials,
    ...(typeof provider === 'string' && withoutMerging(provider) === 'cpu-int8' && { pictures: ofLane }),
  });
  openModels.set(key, opened, await modelFolderBytes(folder));
  return opened;
}

function factsOf(model: PretrainedModel, folder: string): ModelFacts {
  const { name, kind, capabilities, dim, hash, logitScale, logitBias, preprocessing, temporal } = model;
  const imageSize = preprocessing.cropHeight;
  return { name, folder, kind, capabilities, dim, imageSize, hash, logitScale, logitBias, preprocessing, temporal };
}

const imageLength = ({ preprocessing }: ImageTextModel): number =>
  3 * preprocessing.cropHeight * preprocessing.cropWidth;
