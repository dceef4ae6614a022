import { z } from 'zod';
import { readSafetensorsMetadata } from '#native-models/checkpoint/safetensors.ts';
import { parsedJson } from '../tune/boundary-version-file.ts';
import type { SeenSpan } from './tune-scorer.ts';

const facts = z.object({ seen: z.array(z.object({ videoId: z.int(), startUs: z.number(), endUs: z.number() })) });

/** Metadata with which a version's tensors remember what they were trained on. */
export const rememberSeen = (spans: readonly SeenSpan[]): Record<string, string> => ({
  cuepoint: JSON.stringify({ seen: spans.map(({ videoId, startUs, endUs }) => ({ videoId, startUs, endUs })) }),
});

/** Nothing where a file does not remember. */
export function spansSeenBy(file: string): readonly SeenSpan[] {
  const found = facts.safeParse(parsedJson(readSafetensorsMetadata(file)['cuepoint']));
  return found.success ? found.data.seen : [];
}
