import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import { readClipTowers } from '../clip/clip-encoder.ts';
import { firstPosition } from '../clip/text-tower.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';

/**
 * Reads a MetaCLIP 2 folder (Chuang et al. 2025; Hugging Face layout) without reading its weights: CLIP's towers with the
 * multilingual vocabulary of XLM-V, whose end mark is 2. Fails with 'unreadable-model'.
 */
export const readMetaClip = (folder: string): DualEncoder =>
  readClipTowers(folder, openCheckpoint(folder), {
    kind: 'MetaCLIP 2',
    // Here 2 is the end mark itself, not the sign of CLIP's older rule.
    readAt: firstPosition,
  });
