import { trainingActions } from '#main/lab/train/captions.ts';
import { worldActions, type WorldAction } from '#main/lab/world/actions.ts';
import { writeScript, type VideoScript } from '#main/lab/world/untrimmed-video.ts';
import { Failure } from '#preload/domain/failure.ts';
import { classIdOf } from './filmed-video.ts';
import { difficultyOf, reportScriptSeed } from './report-seeds.ts';

export const seenActions: readonly WorldAction[] = trainingActions;
export const novelActions: readonly WorldAction[] = worldActions.filter(({ novel }) => novel);

/** How much of everything a seed has. */
export interface RenderedSize {
  /** Videos with one action each: so many of every action. */
  readonly clipsPerAction: number;
  /** Untrimmed videos of seen, and of novel, actions to localise in. */
  readonly seenVideos: number;
  readonly novelVideos: number;
}

export const reportSize: RenderedSize = { clipsPerAction: 3, seenVideos: 30, novelVideos: 30 };

/** What happens in the videos of one seed: everything is drawn from the seed, and nothing was drawn so in training. */
export interface RenderedScripts {
  readonly clips: readonly VideoScript[];
  readonly seen: readonly VideoScript[];
  readonly novel: readonly VideoScript[];
  /** Untrimmed videos of novel actions to learn from, as many as it takes for the most shots. */
  readonly shots: readonly VideoScript[];
}

const occurrences = 4;
const backgroundS = [1, 3] as const;
/** More than enough for every class to have its shots by chance. */
const mostShotVideos = 400;

export function writeScripts(seed: number, size: RenderedSize, mostShots: number): RenderedScripts {
  let written = 0;
  const write = (actions: readonly WorldAction[], count: number): VideoScript => {
    const scriptSeed = reportScriptSeed(seed, written);
    written += 1;
    const difficulty = difficultyOf(scriptSeed);
    return writeScript(scriptSeed, { actions, occurrences: count, difficulty, backgroundS });
  };
  const several = (count: number, actions: readonly WorldAction[]): VideoScript[] =>
    Array.from({ length: count }, () => write(actions, occurrences));
  const clips = Array.from({ length: size.clipsPerAction }, () => worldActions.map((action) => write([action], 1)));
  const seen = several(size.seenVideos, seenActions);
  const novel = several(size.novelVideos, novelActions);
  const shots: VideoScript[] = [];
  const enough = (): boolean =>
    novelActions.every(
      ({ id }) =>
        shots.flatMap((script) => script.occurrences).filter(({ action }) => action.id === id).length >= mostShots,
    );
  while (!enough()) {
    if (shots.length === mostShotVideos)
      throw new Failure('bad-input', `${mostShots} shots a class are more than the report draws videos for.`);
    shots.push(write(novelActions, occurrences));
  }
  return { clips: clips.flat(), seen, novel, shots };
}

/** Classes an action cannot be told from by a single frame: it and its reverse, the first of each pair forwards. */
export const motionPairs: readonly (readonly [number, number])[] = worldActions
  .filter(({ reverseOf }) => reverseOf !== null)
  .map(({ id, reverseOf }) => [classIdOf(reverseOf!), classIdOf(id)]);
