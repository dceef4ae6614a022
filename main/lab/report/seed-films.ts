import { worldActions } from '#main/lab/world/actions.ts';
import type { VideoScript } from '#main/lab/world/untrimmed-video.ts';
import { novelActions, seenActions, writeScripts, type RenderedScripts, type RenderedSize } from './rendered-videos.ts';
import type { NamedClasses, RenderedWorld, SeenVideo } from './rendered-world.ts';

/** Films of one seed, each set filmed when it is first asked for, and the names of what happens in them. */
export class SeedFilms {
  readonly seen: NamedClasses;
  readonly novel: NamedClasses;
  readonly all: NamedClasses;
  readonly #world: RenderedWorld;
  readonly #scripts: RenderedScripts;
  readonly #filmed = new Map<keyof RenderedScripts, Promise<readonly SeenVideo[]>>();

  private constructor(world: RenderedWorld, scripts: RenderedScripts, names: readonly NamedClasses[]) {
    this.#world = world;
    this.#scripts = scripts;
    [this.seen, this.novel, this.all] = names as [NamedClasses, NamedClasses, NamedClasses];
  }

  static async of(world: RenderedWorld, seed: number, size: RenderedSize, mostShots: number): Promise<SeedFilms> {
    const names: NamedClasses[] = [];
    for (const actions of [seenActions, novelActions, worldActions]) names.push(await world.classesOf(actions));
    return new SeedFilms(world, writeScripts(seed, size, mostShots), names);
  }

  /** A set of films; no two films of a seed have the same id. */
  films(set: keyof RenderedScripts): Promise<readonly SeenVideo[]> {
    const known = this.#filmed.get(set) ?? this.#world.see(this.#firstId(set), this.#scripts[set]);
    this.#filmed.set(set, known);
    return known;
  }

  #firstId(set: keyof RenderedScripts): number {
    const sets = Object.entries(this.#scripts) as [keyof RenderedScripts, readonly VideoScript[]][];
    const before = sets.slice(
      0,
      sets.findIndex(([name]) => name === set),
    );
    return 1 + before.reduce((sum, [, scripts]) => sum + scripts.length, 0);
  }
}
