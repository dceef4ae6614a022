import { readTunedVersion, type TunedVersion } from '#main/pipeline/tune/tuned-version-file.ts';
import { addUnitRows, tunedClassFeatures } from '#main/pipeline/tune/tuned-classes.ts';
import { TuningLearners } from '#main/pipeline/tune/tuning-learners.ts';
import { runBoundaryHead } from '#native-models/boundary-head/boundary-head.ts';
import { readClipParts } from '#native-models/clip/clip-parts.ts';
import { noTokenizer } from '#native-models/clip/tokenizer.ts';
import { openTemporal } from '#native-models/temporal/open-temporal.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { InferenceAnswers } from './inference-requests.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';

/** A version's file never changes once it is written. */
const versions = new LeastRecentlyUsed<TunedVersion>(2);

function versionOf(file: string): TunedVersion {
  const version = versions.get(file) ?? readTunedVersion(file);
  versions.set(file, version, 1);
  return version;
}

/** The requests that a tuned version answers. */
export const answerTuned = {
  async tunedClasses({ model, versionFile, names, zeroShot }) {
    const parts = readClipParts(model.folder);
    const { tokenizer } = parts;
    if (tokenizer === null) throw noTokenizer(model.folder);
    const { learned, fromZeroShot, prompt, scale } = versionOf(versionFile);
    await using learners = new TuningLearners(parts, {
      names: names.map((name, index) => ({ classId: index, tokens: tokenizer.encode(name).ids.slice(1, -1) })),
      zeroShot,
      background: new Float32Array(),
      prompt,
      scale,
      anchorWeight: 0,
      provider: model.provider === 'auto' ? 'cpu' : model.provider,
    });
    return { output: await tunedClassFeatures(learners, learned, fromZeroShot) };
  },
  async denseFeatures({ versionFile, features }) {
    const { temporal, learned } = versionOf(versionFile);
    if (temporal === null) return { output: features };
    const sum = new Float32Array(features.length);
    for (const run of learned) {
      await using module = await openTemporal(temporal, run.learned, 'cpu');
      addUnitRows(sum, await module.video(features), temporal.width);
    }
    const mean = new Float32Array(sum.length);
    addUnitRows(mean, sum, temporal.width);
    return { output: mean };
  },
  async boundaryHead({ versionFile, batch }) {
    const { boundaryHead: head } = versionOf(versionFile);
    if (head === null) throw new Failure('internal', `${versionFile} holds no boundary head.`);
    return { output: await runBoundaryHead(head.shape, head.learned, batch, 'cpu') };
  },
} satisfies Partial<InferenceAnswers>;
