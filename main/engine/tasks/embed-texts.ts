import type { EngineTask } from './task-context.ts';

/** Texts as unit rows of the model's joint space, as they are: without templates. */
export const embedTexts: EngineTask<'embedTexts'> = ({ model, texts }, { memory }) => memory.texts.embed(model, texts);
