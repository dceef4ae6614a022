import { trainingActions } from '#main/lab/train/captions.ts';
import { worldActions, type WorldAction } from '#main/lab/world/actions.ts';
import { sampleShiftedScene } from '#main/lab/world/shifted-scene.ts';
import { writeScript, type ScriptSettings, type VideoScript } from '#main/lab/world/untrimmed-video.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
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
  /** Untrimmed videos of each novel action alone. */
  readonly videosPerNovel: number;
}

export const reportSize: RenderedSize = { clipsPerAction: 3, seenVideos: 30, novelVideos: 30, videosPerNovel: 2 };

/** What happens in the videos of one seed: everything is drawn from the seed, and nothing was drawn so in training. */
export interface RenderedScripts {
  readonly clips: readonly VideoScript[];
  readonly seen: readonly VideoScript[];
  readonly novel: readonly VideoScript[];
  /** Untrimmed videos of novel actions to learn from, as many as it takes for the most shots. */
  readonly shots: readonly VideoScript[];
  /** Untrimmed videos of one novel action each, and such to learn from. */
  readonly single: readonly VideoScript[];
  readonly singleShots: readonly VideoScript[];
  /** Untrimmed videos of novel actions in scenes as no training draws them, and such to learn from. */
  readonly shifted: readonly VideoScript[];
  readonly shiftedShots: readonly VideoScript[];
}

const occurrences = 4;
const backgroundS = [1, 3] as const;
/** More than enough for every class to have its shots by chance. */
const mostShotVideos = 400;
/** Corrections of each class where something else than their number is looked at. */
export const stressShots = 8;

export function writeScripts(seed: number, size: RenderedSize, mostShots: number): RenderedScripts {
  let written = 0;
  const write = (
    actions: readonly WorldAction[],
    count: number,
    look: Pick<ScriptSettings, 'scene'> = {},
  ): VideoScript => {
    const scriptSeed = reportScriptSeed(seed, written);
    written += 1;
    const difficulty = difficultyOf(scriptSeed);
    return writeScript(scriptSeed, { actions, occurrences: count, difficulty, backgroundS, ...look });
  };
  const several = (count: number, actions: readonly WorldAction[], look: Pick<ScriptSettings, 'scene'> = {}) =>
    Array.from({ length: count }, () => write(actions, occurrences, look));
  const clips = Array.from({ length: size.clipsPerAction }, () => worldActions.map((action) => write([action], 1)));
  const seen = several(size.seenVideos, seenActions);
  const novel = several(size.novelVideos, novelActions);
  const shots = enoughOf(mostShots, () => write(novelActions, occurrences));
  const oneEach = (): VideoScript[] => novelActions.map((action) => write([action], occurrences));
  const single = Array.from({ length: size.videosPerNovel }, oneEach).flat();
  const singleShots = Array.from({ length: Math.ceil(stressShots / occurrences) }, oneEach).flat();
  const look = { scene: sampleShiftedScene };
  const shifted = several(size.novelVideos, novelActions, look);
  const shiftedShots = enoughOf(stressShots, () => write(novelActions, occurrences, look));
  return { clips: clips.flat(), seen, novel, shots, single, singleShots, shifted, shiftedShots };
}

/** Videos until every novel action is in them so many times. */
function enoughOf(times: number, write: () => VideoScript): VideoScript[] {
  const scripts: VideoScript[] = [];
  const enough = (): boolean =>
    novelActions.every(
      ({ id }) =>
        scripts.flatMap((script) => script.occurrences).filter(({ action }) => action.id === id).length >= times,
    );
  while (!enough()) {
    if (scripts.length === mostShotVideos)
      throw new Failure('bad-input', verbatim(`${times} shots a class are more than the report draws videos for.`));
    scripts.push(write());
  }
  return scripts;
}

/** Classes an action cannot be told from by a single frame: it and its reverse, the first of each pair forwards. */
export const motionPairs: readonly (readonly [number, number])[] = worldActions
  .filter(({ reverseOf }) => reverseOf !== null)
  .map(({ id, reverseOf }) => [classIdOf(reverseOf!), classIdOf(id)]);
