import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '#main/failures/make-folder.ts';
import { openFrameSource } from '#main/media/frame-source.ts';
import { fileExists } from '#main/pipeline/feature-store/file-exists.ts';
import { writeNpy } from '#main/pipeline/feature-store/npy.ts';
import { defaultBackgroundTexts } from '#main/pipeline/propose/background-texts.ts';
import { framesOfSpan, sampledClip } from '#main/pipeline/score-clips/clip-span.ts';
import { scorerPresets } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import { staysAsItIs } from '#native-models/xclip/clip-learner.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Told } from '#preload/domain/saying.ts';
import { encodeRanges } from '../localising/encode-ranges.ts';
import { runScorerTuning } from '../training/run-scorer-tuning.ts';
import type { ShotClip } from '../training/scorer-tuning-order.ts';
import type { EngineTask, TaskContext } from './task-context.ts';
import type { EngineTasks } from '../tasks.ts';
import type { ScorerModel } from '../vocabulary.ts';

type Input = EngineTasks['tuneScorer']['input'];

/** Share of the work that looking at the clips is. */
const lookingShare = 0.3;

/** Brings together what tuning learns from, and has it done on a thread of its own. */
export const tuneScorerTask: EngineTask<'tuneScorer'> = async (input, context) => {
  const { memory, report, signal } = context;
  const published: ScorerModel = { ...input.scorer, tunedFile: null };
  const background = input.backgroundTexts.length > 0 ? input.backgroundTexts : defaultBackgroundTexts;
  const texts = [...input.classes.map(({ prompt }) => prompt), ...background];
  const looking = {
    ...context,
    report: ({ done, step }: { done: number; step: Told }) => report({ done: done * lookingShare, step }),
  };
  const { rows: names } = await memory.scorers.encodeNames(published, texts);
  const isEncoded = scorerPresets[input.preset].trained === 'scorer';
  const { kind, capabilities } = await memory.models.facts(published);
  if (!isEncoded && capabilities.embedsFrames) throw staysAsItIs(kind);
  const { provider } = await memory.scorers.openEncoder(published);
  const pixelsFolder = path.join(input.workFolder, 'pixels');
  const shots: ShotClip[] = [];
  for (const { videoId, media } of input.videos) {
    const table = FrameTable.fromArray(media.frames);
    const ofVideo = input.shots.filter((shot) => shot.videoId === videoId);
    const ranges = ofVideo.map((shot) => framesOfSpan(table, shot));
    const key = await memory.scorers.clipKey(published, media.checksum);
    if (isEncoded) await encodeRanges(looking, media, published, input.featuresFolder, ranges);
    const live = input.scorer.tunedFile === null ? null : await liveLogits(looking, input, media, ranges, texts);
    for (const [index, shot] of ofVideo.entries()) {
      signal.throwIfAborted();
      const clip = isEncoded
        ? { kind: 'encoded' as const, key, range: ranges[index]! }
        : { kind: 'pixels' as const, file: await pixelsOf(shot, media, published, pixelsFolder, looking) };
      shots.push({ shot, clip, currentLogits: live?.slice(index * texts.length, (index + 1) * texts.length) ?? null });
    }
  }
  const outcome = await runScorerTuning(
    {
      folder: published.folder,
      // Learning is done here.
      provider: provider.chosen === 'remote' ? 'cpu' : provider.chosen,
      preset: input.preset,
      classIds: input.classes.map(({ classId }) => classId),
      names,
      shots,
      featuresFolder: input.featuresFolder,
      progressFolder: path.join(input.workFolder, 'progress'),
      outFile: input.outFile,
      liveFile: input.scorer.tunedFile,
      longestSeconds: input.longestSeconds,
    },
    { signal, report: ({ done, step }) => report({ done: lookingShare + done * (1 - lookingShare), step }) },
  );
  await rm(input.workFolder, { recursive: true, force: true });
  return outcome;
};

/** What the version in use says of a video's shots, `[shots, K + M]`. */
async function liveLogits(
  context: TaskContext,
  { scorer, featuresFolder }: Input,
  media: Input['videos'][number]['media'],
  ranges: readonly { readonly startFrame: number; readonly endFrame: number }[],
  texts: readonly string[],
): Promise<Float32Array> {
  const { scorers } = context.memory;
  await encodeRanges(context, media, scorer, featuresFolder, ranges);
  const store = await scorers.storeOf(scorer, featuresFolder, media.checksum);
  const { rows } = await scorers.encodeNames(scorer, texts);
  return scorers.score(scorer, await store.read(ranges), rows);
}

/** The prepared frames of a shot as a file, for a picture encoder that is trained on them again and again. */
async function pixelsOf(
  shot: Shot,
  media: Input['videos'][number]['media'],
  scorer: ScorerModel,
  folder: string,
  { memory, signal }: TaskContext,
): Promise<string> {
  const { preprocessing, frameCount } = await memory.scorers.facts(scorer);
  const table = FrameTable.fromArray(media.frames);
  const range = framesOfSpan(table, shot);
  const file = path.join(folder, `${media.checksum.slice(0, 16)}-${range.startFrame}-${range.endFrame}.npy`);
  if (await fileExists(file)) return file;
  const preprocessor = new ImagePreprocessor(preprocessing);
  const length = preprocessor.outputLength;
  const pictures = new Map<number, Float32Array>();
  const indices = [...sampledClip(range, frameCount)];
  await using source = await openFrameSource(media.path, table, { signal });
  for await (using frame of source.framesAtIndices([...new Set(indices)])) {
    const picture = new Float32Array(length);
    preprocessor.write(frame.rgb, frame.width, frame.height, picture);
    pictures.set(frame.index, picture);
  }
  const data = new Float32Array(frameCount * length);
  indices.forEach((frame, at) => data.set(pictures.get(frame)!, at * length));
  makeFolder(folder, 3);
  await writeFile(file, writeNpy({ data, shape: [frameCount, length] }));
  return file;
}
