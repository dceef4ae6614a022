import { z } from 'zod';
import { modelEntry } from '#preload/domain/model.ts';

const addedModel = modelEntry.omit({ problem: true });
/** A model folder as it was described when it was added. */
export type AddedModel = z.infer<typeof addedModel>;

/** What an entry said before capabilities were kept. */
const earlierEntry = z.looseObject({ kind: z.enum(['clip', 'onnx-export', 'xclip']), readsText: z.boolean() });
const namesOfKinds = { clip: 'CLIP', 'onnx-export': 'ONNX export', xclip: 'X-CLIP' } as const;

function withCapabilities(entry: unknown): unknown {
  const earlier = earlierEntry.safeParse(entry);
  if (!earlier.success) return entry;
  const { kind, readsText, ...rest } = earlier.data;
  const capabilities = {
    embedsFrames: kind !== 'xclip',
    embedsTexts: readsText,
    takesPromptVectors: kind === 'clip',
    scoresClips: kind === 'xclip',
  };
  return { ...rest, kind: namesOfKinds[kind], capabilities };
}

/** The models of a home folder, as they are kept in a file. Entries of earlier versions are read as well. */
export const addedModels = z.array(z.preprocess(withCapabilities, addedModel)).default([]);
