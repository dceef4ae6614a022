import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { worldActions, type WorldAction } from './actions.ts';
import type { Manner, Performance } from './performance.ts';
import { openCamera } from './draw-scene.ts';
import { idle, sampleManner, sampleScene, type Scene } from './scene.ts';

/** One action in an untrimmed video, in seconds from its start: `[startS, endS)`. */
export interface Occurrence {
  readonly action: WorldAction;
  readonly startS: number;
  readonly endS: number;
  readonly manner: Manner;
}

/** An untrimmed video before it is drawn: stretches of nothing in particular, and actions between them. */
export interface VideoScript {
  readonly durationS: number;
  readonly occurrences: readonly Occurrence[];
  readonly scene: Scene;
  readonly seed: number;
}

export interface ScriptSettings {
  readonly actions: readonly WorldAction[];
  readonly occurrences: number;
  /** 0 to 1, see `sampleScene`. */
  readonly difficulty: number;
  /** Shortest and longest stretch of background before, between and after the actions. */
  readonly backgroundS: readonly [number, number];
  /** How the scene is drawn; as training draws it, where absent. */
  readonly scene?: (random: SeededRandom, difficulty: number) => Scene;
}

/** Finds actions by their id; an unknown one is refused with the list of known ones. */
export function actionsNamed(ids: readonly string[]): WorldAction[] {
  return ids.map((id) => {
    const found = worldActions.find((action) => action.id === id);
    if (found === undefined)
      throw new RangeError(
        `There is no action '${id}'; known are ${worldActions.map((action) => action.id).join(', ')}.`,
      );
    return found;
  });
}

/** Draws up a video from a seed. An action never follows itself, and starts after at least some background. */
export function writeScript(
  seed: number,
  { actions, occurrences, difficulty, backgroundS, scene = sampleScene }: ScriptSettings,
): VideoScript {
  if (actions.length === 0 || occurrences < 1) throw new RangeError('An untrimmed video needs at least one action.');
  const random = seededRandom(seed);
  const planned: Occurrence[] = [];
  let at = random.between(...backgroundS);
  for (let index = 0; index < occurrences; index += 1) {
    const previous = planned.at(-1)?.action;
    const choices = actions.length > 1 ? actions.filter((action) => action !== previous) : actions;
    const action = random.pick(choices);
    const startS = roundToTenth(at);
    const endS = roundToTenth(startS + random.between(...action.durationS));
    planned.push({ action, startS, endS, manner: sampleManner(random) });
    at = endS + random.between(...backgroundS);
  }
  return { durationS: roundToTenth(at), occurrences: planned, scene: scene(random, difficulty), seed };
}

const roundToTenth = (seconds: number): number => Math.round(seconds * 10) / 10;

/** What the actor does at a moment of the script, and which way it faces then. */
export function performanceAt(
  script: VideoScript,
  seconds: number,
): { readonly performance: Performance; readonly facing: -1 | 1 } {
  const occurrence = script.occurrences.find(({ startS, endS }) => seconds >= startS && seconds < endS);
  if (occurrence === undefined) return { performance: idle(seconds, script.seed), facing: script.scene.actor.facing };
  const { action, startS, endS, manner } = occurrence;
  return {
    performance: action.perform((seconds - startS) / (endS - startS), manner),
    facing: action.facing ?? script.scene.actor.facing,
  };
}

export interface FilmSettings {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** A script at a constant rate, any frame of which can be drawn: `rgb` is packed `[height, width, 3]`, `startUs` microseconds. */
export function openFilm(script: VideoScript, { width, height, fps }: FilmSettings) {
  const camera = openCamera(script.scene, width, height);
  return {
    frameCount: Math.round(script.durationS * fps),
    startUs: (index: number): number => Math.round((index * 1_000_000) / fps),
    draw(index: number) {
      const { performance, facing } = performanceAt(script, index / fps);
      return { rgb: camera.shoot(index / fps, performance, facing), width, height, startUs: this.startUs(index) };
    },
  };
}

/** The frames of a script at a constant rate, in order. */
export function* filmScript(script: VideoScript, settings: FilmSettings) {
  const film = openFilm(script, settings);
  for (let index = 0; index < film.frameCount; index += 1) yield film.draw(index);
}
