import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import type { Job } from '#preload/domain/job.ts';
import { createBackend } from '../backend.ts';
import type { Backend } from '../backend.ts';
import type { Engine } from '../engine/tasks.ts';
import { PlayedEngine } from './played-engine.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { writeFilm, type FilmWords } from './write-film.ts';

export interface TestStudio extends Backend {
  readonly folder: string;
  readonly engine: PlayedEngine;
  /** Writes films into the folder, by name, adds them, and answers their ids once they are there. */
  addVideos(films: Readonly<Record<string, FilmWords>>): Promise<number[]>;
  /** Registers a tiny CLIP of random weights and makes it the project's. */
  useModel(): Promise<void>;
}

/** A backend on real files in a temporary folder, with the engine. */
export function openStudio({ folder = temporaryFolder(), engine = new PlayedEngine() } = {}): TestStudio {
  const backend = openBackend(folder, engine);
  const place = (path: string) => backend.placeOf(path).token;
  return {
    ...backend,
    folder,
    engine,
    addVideos: async (films) => {
      const files = Object.entries(films).map(([name, words]) => ({ path: join(folder, name), words }));
      for (const { path, words } of files) await writeFilm(path, words);
      const { jobIds } = await backend.client.videos.add({ places: files.map(({ path }) => place(path)) });
      return (await ended(backend, jobIds)).map((job) => job.videoId!);
    },
    useModel: async () => {
      const model = await makeTinyCheckpoint(join(folder, 'tiny-clip'));
      const { name } = await backend.client.models.add({ place: place(model) });
      await backend.client.projects.changeSettings({ model: name });
    },
  };
}

/** The same with any engine; closed when the test ends. */
export function openBackend(folder: string, engine: Engine): Backend {
  const backend = createBackend({ homeFolder: join(folder, 'home'), engine, version: '0.1.0' });
  onTestFinished(() => backend.close());
  return backend;
}

/** A studio with a new project `demo` and these classes. */
export async function openProjectStudio(classes: string[] = [], folder = temporaryFolder()): Promise<TestStudio> {
  const studio = openStudio({ folder });
  await studio.client.projects.create({ place: studio.placeOf(folder).token, name: 'demo', classes });
  return studio;
}

/** These jobs, in order, once each is done, failed or cancelled. */
export async function ended({ client }: Pick<Backend, 'client'>, jobIds: readonly number[]): Promise<Job[]> {
  const stop = new AbortController();
  const changes = await client.studio.changes(undefined, { signal: stop.signal });
  const rows = new Map((await client.jobs.list()).map((job) => [job.id, job]));
  const isOver = (id: number) => ['done', 'failed', 'cancelled'].includes(rows.get(id)!.state);
  while (!jobIds.every(isOver)) {
    const heard = await changes.next();
    if (heard.done === true) throw new Error('the changes ended before the jobs');
    if (heard.value.topic === 'job') rows.set(heard.value.job.id, heard.value.job);
  }
  stop.abort();
  return jobIds.map((id) => rows.get(id)!);
}

/** Every job, once none is queued or running any more. */
export async function idle(studio: Pick<Backend, 'client'>): Promise<Job[]> {
  for (;;) {
    const jobs = await studio.client.jobs.list();
    if (jobs.every(({ state }) => state !== 'queued' && state !== 'running')) return jobs;
    await ended(
      studio,
      jobs.map(({ id }) => id),
    );
  }
}
