import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { createBackend } from '#main/backend.ts';
import type { Backend } from '#main/backend.ts';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import { writeClip } from '#main/media/clip-writer.ts';
import { movingTexture } from '#main/testing/moving-texture.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import { makeTorturedProject } from './tortured-project.ts';

/** The film that the engine works on; the first one is only edited. */
export const workedFilm = 2;

const texture = { width: 128, height: 96, fps: 30, sceneSeconds: 2 };

/**
 * A tortured project with a model and a second film of that many seconds, looked at once, of which four segments are
 * accepted, so that there is something to learn from. The person's home is the folder `home` beside it.
 * @returns a function that copies it, under a new name in the same folder.
 */
export async function makeServedProject(parent: string, seconds: number): Promise<(name: string) => string> {
  mkdirSync(parent, { recursive: true });
  const template = makeTorturedProject(parent, 'template');
  const film = join(parent, 'worked.mp4');
  await writeClip(film, movingTexture({ ...texture, seconds }), {
    preset: 'ultrafast',
    endUs: seconds * microsecondsPerSecond,
  });
  const engine = startEngine(childProcessCarrier);
  const backend = createBackend({ homeFolder: join(parent, 'home'), engine, version: 'torture' });
  const place = (path: string) => backend.placeOf(path).token;
  const { client } = backend;
  await backend.openProject(template);
  const { name: model } = await client.models.add({
    place: place(await makeTinyCheckpoint(join(parent, 'tiny-clip'))),
  });
  await client.projects.changeSettings({ model });
  await client.videos.add({ places: [place(film)] });
  await jobsAreOver(backend);
  for (const [at, startS] of [1, 3, 5, 7].entries())
    await client.segments.create({
      videoId: workedFilm,
      classId: 1 + (at % 2),
      startUs: startS * microsecondsPerSecond,
      endUs: (startS + 1.5) * microsecondsPerSecond,
    });
  await client.analysis.propose({ videoIds: [workedFilm] });
  await jobsAreOver(backend);
  await backend.close();
  await engine[Symbol.asyncDispose]();
  return (name) => {
    const project = join(parent, `${name}.cuepoint`);
    cpSync(template, project, { recursive: true });
    return project;
  };
}

async function jobsAreOver({ client }: Backend): Promise<void> {
  const stop = new AbortController();
  const changes = await client.studio.changes(undefined, { signal: stop.signal });
  const isOn = async () => (await client.jobs.list()).some(({ state }) => state === 'queued' || state === 'running');
  while (await isOn()) await changes.next();
  stop.abort();
}
