import { searchClips } from '../localising/search-clips.ts';
import { searchFeatures } from '../localising/search-features.ts';
import type { EngineTask } from './task-context.ts';

/**
 * The moments that fit a text, a stretch of a video or a picture best. A text is read and frames are seen as when classes are told
 * apart; a scorer looks at clips for texts alone.
 */
export const search: EngineTask<'search'> = async (input, context) => {
  const { question, scorer = null } = input;
  return scorer === null || !('text' in question)
    ? searchFeatures(input, context)
    : searchClips(input, question.text, scorer, context);
};
