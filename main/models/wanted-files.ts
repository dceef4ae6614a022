import { Failure } from '#preload/domain/failure.ts';
import { conversionOfPickle } from '#native-models/checkpoint/pickle-conversion.ts';
import { say } from '#preload/domain/saying.ts';
import type { HubFile, HubRepository } from './hub-repository.ts';

/** Beside the weights; each is taken where the repository has it. */
const besides = [
  'config.json',
  'open_clip_config.json',
  'preprocessor_config.json',
  'processor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.json',
  'merges.txt',
  'temporal_module.safetensors',
  'expected.safetensors',
  'README.md',
  'LICENSE',
];

const isShardOf = (weights: string, name: string): boolean =>
  new RegExp(`^${weights.replace('.safetensors', '')}-\\d{5}-of-\\d{5}\\.safetensors$`).test(name);
const usualWeights = 'model.safetensors';
/** What weights are called beside `open_clip_config.json`; by the second name where the hub converted a pickle. */
const openClipWeights = ['open_clip_model.safetensors', 'open_clip_pytorch_model.safetensors'];
/** Weights that can run any program when they are opened. */
const pickled = /^[^/]+\.(bin|pt|pth|ckpt|pkl)$/;

/**
 * The files of a repository that make up a model folder, smallest first, so that what is wrong shows early: safetensors,
 * in one file or in shards, else ready-made ONNX encoders in full precision. Fails with `unreadable-model` where there
 * are neither.
 */
export function wantedFiles({ files }: HubRepository, name: string): HubFile[] {
  const find = (...paths: readonly string[]) => files.filter(({ path }) => paths.includes(path));
  const checkpoint = (weights: string): HubFile[] => {
    const [single, index] = [find(weights), find(`${weights}.index.json`)];
    if (single.length > 0 || index.length === 0) return single;
    return [...index, ...files.filter(({ path }) => isShardOf(weights, path))];
  };
  const inOpenClipLayout = find('open_clip_config.json').length > 0;
  const ofOpenClip = openClipWeights.map(checkpoint);
  const weights = [
    // Where both layouts are there, the other may be of the pictures' encoder alone.
    ...(inOpenClipLayout ? ofOpenClip : []),
    checkpoint(usualWeights),
    ...ofOpenClip,
    exported(find, 'onnx/'),
    exported(find, ''),
  ].find((choice) => choice.length > 0);
  if (weights === undefined) throw noWeights(files, name);
  const isOpenClip = ofOpenClip.includes(weights);
  const others = isOpenClip && inOpenClipLayout ? besides.filter((file) => file !== 'config.json') : besides;
  return [...find(...others), ...weights].sort((a, b) => a.size - b.size);
}

function noWeights(files: readonly HubFile[], name: string): Failure {
  const pickle = files.find(({ path }) => pickled.test(path))?.path;
  const said =
    pickle === undefined
      ? say(
          '{{name}} has neither {{weights}}, nor {{openClip}}, nor vision_model.onnx with text_model.onnx; some models have them under another revision, as refs/pr/1.',
          { name, weights: usualWeights, openClip: openClipWeights[0]! },
        )
      : say(
          '{{name}} has its weights only as {{pickle}}, a pickle, which can run any program when it is opened; look for a revision with {{weights}}, as refs/pr/1, or convert it where you trust it, in Python: {{command}}.',
          { name, pickle, weights: usualWeights, command: conversionOfPickle(pickle) },
        );
  return new Failure('unreadable-model', said, { name });
}

function exported(find: (...paths: readonly string[]) => HubFile[], folder: string): HubFile[] {
  const encoders = ['vision_model.onnx', 'text_model.onnx'].map((file) => folder + file);
  if (find(...encoders).length < encoders.length) return [];
  return find(...encoders.flatMap((file) => [file, `${file}_data`, `${file}.data`]));
}
