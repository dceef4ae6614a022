import { Failure } from '#preload/domain/failure.ts';
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

const shard = /^model-\d{5}-of-\d{5}\.safetensors$/;
const openClipWeights = 'open_clip_model.safetensors';

/**
 * The files of a repository that make up a model folder, smallest first, so that what is wrong shows early: safetensors,
 * in one file or in shards, else ready-made ONNX encoders in full precision. Fails with `unreadable-model` where there
 * are neither.
 */
export function wantedFiles({ files }: HubRepository, name: string): HubFile[] {
  const find = (...paths: readonly string[]) => files.filter(({ path }) => paths.includes(path));
  const weights = [
    find('model.safetensors'),
    find('model.safetensors.index.json').length > 0
      ? [...find('model.safetensors.index.json'), ...files.filter(({ path }) => shard.test(path))]
      : [],
    find(openClipWeights),
    exported(find, 'onnx/'),
    exported(find, ''),
  ].find((choice) => choice.length > 0);
  if (weights === undefined) {
    throw new Failure(
      'unreadable-model',
      `${name} has neither model.safetensors, nor ${openClipWeights}, nor vision_model.onnx with text_model.onnx; some models have them under another revision, as refs/pr/1.`,
      { name },
    );
  }
  return [...find(...besides), ...weights].sort((a, b) => a.size - b.size);
}

function exported(find: (...paths: readonly string[]) => HubFile[], folder: string): HubFile[] {
  const encoders = ['vision_model.onnx', 'text_model.onnx'].map((file) => folder + file);
  if (find(...encoders).length < encoders.length) return [];
  return find(...encoders.flatMap((file) => [file, `${file}_data`, `${file}.data`]));
}
