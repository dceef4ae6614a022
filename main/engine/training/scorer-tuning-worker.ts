import { createHash } from 'node:crypto';
import path from 'node:path';
import { makeFolder } from '#main/failures/make-folder.ts';
import type { CallControl } from '#main/call-port/answer-calls.ts';
import { answerThread } from '#main/call-port/thread.ts';
import { loadNpy } from '#main/pipeline/feature-store/npy-file.ts';
import { ClipStore } from '#main/pipeline/score-clips/clip-store.ts';
import { durationInWords } from '#main/pipeline/tune-scorer/duration-in-words.ts';
import { scorerPresets } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import type { ScorerTask } from '#main/pipeline/tune-scorer/scorer-task.ts';
import { rememberSeen, spansSeenBy } from '#main/pipeline/tune-scorer/seen-spans.ts';
import { tuneScorer } from '#main/pipeline/tune-scorer/tune-scorer.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { runWords } from '#preload/domain/training-run.ts';
import { say } from '#preload/domain/saying.ts';
import type { EncodedClips } from '#native-models/video-text-model.ts';
import { openClipLearner } from '#native-models/xclip/clip-learner.ts';
import { readClipParts } from '#native-models/open-video-model.ts';
import type { ScorerTuningCalls, ScorerTuningOrder, ShotClip } from './scorer-tuning-order.ts';
import type { TaskProgress, TunedScorer } from '../vocabulary.ts';
import { leavingDevice } from './leaving-device.ts';

/** Entry of the thread on which a scorer is tuned: minutes or hours of computing, during which others are answered. */
answerThread<ScorerTuningCalls, TaskProgress>({
  tune: async (order, control) => ({
    output: await leavingDevice(order.provider, (provider) => tuned({ ...order, provider }, control)),
  }),
});

async function tuned(
  order: ScorerTuningOrder,
  { signal, report }: CallControl<TaskProgress>,
): Promise<Omit<TunedScorer, 'left'>> {
  const preset = scorerPresets[order.preset];
  const shots = order.shots.map(({ shot }) => shot);
  const clipOf = new Map(order.shots.map((entry) => [entry.shot, entry]));
  const liveLogits = (shot: Shot): Float32Array => clipOf.get(shot)!.currentLogits!;
  const isPublished = order.shots.every(({ currentLogits }) => currentLogits === null);
  const parts = readClipParts(order.folder);
  const width = parts.width;
  await using learner = await openClipLearner(parts, {
    trained: preset.trained,
    names: order.names,
    provider: order.provider,
  });
  const { tensors, ...outcome } = await tuneScorer(
    learner,
    taskOf(order, order.names.length / width, clipOf),
    shots,
    preset,
    {
      seed: 1,
      signal,
      // Another list of corrections is another tuning: it must not go on from where this one stopped.
      progressFolder: path.join(order.progressFolder, digestOf(order)),
      current: isPublished ? null : async (some) => joined(some.map(liveLogits)),
      seen: order.liveFile === null ? [] : spansSeenBy(order.liveFile),
      longestSeconds: order.longestSeconds,
      onEstimate: (seconds) =>
        report({ done: 0, step: say('about {{time}} of tuning', { time: durationInWords(seconds) }) }),
      onProgress: ({ done, run, step, loss }) =>
        report({
          done,
          step: say('{{run}}: step {{step}}, loss {{loss}}', {
            run: runWords(run),
            step,
            loss: { value: loss, digits: 3 },
          }),
        }),
    },
  );
  makeFolder(path.dirname(order.outFile), 3);
  writeSafetensors(order.outFile, tensors, 'F32', rememberSeen(shots));
  return outcome;
}

function taskOf(order: ScorerTuningOrder, columns: number, clipOf: ReadonlyMap<Shot, ShotClip>): ScorerTask {
  const encoded = new Map<Shot, EncodedClips>();
  return {
    classIds: order.classIds,
    columns,
    async clips(shots) {
      const clips = shots.map((shot) => clipOf.get(shot)!.clip);
      const [first] = clips;
      if (first?.kind === 'pixels') {
        const files = await Promise.all(clips.flatMap((clip) => (clip.kind === 'pixels' ? [loadNpy(clip.file)] : [])));
        return { kind: 'pixels', count: shots.length, pixels: joined(files.map(({ data }) => data as Float32Array)) };
      }
      for (const [index, clip] of clips.entries()) {
        if (clip.kind !== 'encoded' || encoded.has(shots[index]!)) continue;
        encoded.set(shots[index]!, await new ClipStore(order.featuresFolder, clip.key).read([clip.range]));
      }
      const parts = shots.map((shot) => encoded.get(shot)!);
      const frames = joined(parts.map((part) => part.frames));
      return {
        kind: 'encoded',
        clips: { count: shots.length, frames, context: joined(parts.map((part) => part.context)) },
      };
    },
  };
}

function digestOf({ folder, preset, names, shots }: ScorerTuningOrder): string {
  const parts = JSON.stringify([folder, preset, shots.map(({ shot }) => shot)]);
  return createHash('sha256').update(parts).update(names).digest('hex').slice(0, 16);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
