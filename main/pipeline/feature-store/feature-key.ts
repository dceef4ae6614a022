import { createHash } from 'node:crypto';

/** All that a video's features depend on: equal keys, equal features. */
export interface FeatureKey {
  readonly videoChecksum: string;
  /** Of the encoder's weights and configuration. */
  readonly modelHash: string;
  /** Of how pictures are resized, cropped and normalised. */
  readonly preprocessingHash: string;
  readonly samplingFps: number;
  /** Of the encoder's arithmetic, where it is not the usual one. */
  readonly precision?: 'int8' | 'fp16';
  /** Of what they are kept in, where it is not float32. */
  readonly numbers?: 'float16';
}

/**
 * The name, without an extension, under which features with this key are kept; the same on every machine. The digest
 * covers the whole key; the checksum's beginning and the rate stand there for people.
 */
export function featureName(key: FeatureKey): string {
  const parts = [key.videoChecksum, key.modelHash, key.preprocessingHash, String(key.samplingFps)];
  if (key.precision !== undefined) parts.push(key.precision);
  if (key.numbers !== undefined) parts.push(key.numbers);
  const whole = JSON.stringify(parts);
  const known = names.get(whole);
  if (known !== undefined) return known;
  if (names.size >= namesKept) names.clear();
  const name = named(key, whole);
  names.set(whole, name);
  return name;
}

/** A search asks for the names of all videos. */
const names = new Map<string, string>();
const namesKept = 100_000;

function named(key: FeatureKey, whole: string): string {
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 24);
  const readable = key.videoChecksum.replaceAll(/[^0-9A-Za-z]/g, '').slice(0, 12);
  return `${readable}-${key.samplingFps}fps-${digest}`;
}
