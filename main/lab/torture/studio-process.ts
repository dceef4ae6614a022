// A studio to be killed: it serves a project to a page, and has its engine at work without end on the film that is in it.
// It prints its link, each engine that starts or goes, and each sign of a job.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { createBackend } from '#main/backend.ts';
import type { Backend } from '#main/backend.ts';
import { carriedBy } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import { serveStudio } from '#main/hosts/serve.ts';
import { rendererFolder } from '#main/hosts/program-files.ts';
import type { Job } from '#preload/domain/job.ts';
import { workedFilm } from './served-project.ts';

const [project, mode] = process.argv.slice(2);
const say = (...words: readonly (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`);

const mortal = fileURLToPath(new URL('mortal-engine-process.ts', import.meta.url));
const engine = startEngine(() => {
  const started = carriedBy(mortal);
  say('engine', started.pid!);
  started.onExit(() => say('gone', started.pid!));
  return started;
});
const backend = createBackend({ homeFolder: join(project!, '..', 'home'), engine, version: 'torture' });
const end = new AbortController();
process.once('SIGTERM', () => end.abort());

await backend.openProject(project!);
const listening = listen(backend);
await using served = await serveStudio(backend, rendererFolder, { port: 0 });
say('link', served.newLink());
if (mode === 'to the end') await allDone(backend);
else await workWithoutEnd(backend);
await served[Symbol.asyncDispose]();
await backend.close();
end.abort();
await listening;
await engine[Symbol.asyncDispose]();

async function listen({ client }: Backend): Promise<void> {
  const changes = await client.studio.changes(undefined, { signal: end.signal });
  try {
    for await (const change of changes) {
      if (change.topic !== 'job') continue;
      const { kind, state, progress, failure } = change.job;
      say('job', kind, state, Math.round(progress * 1000) / 1000, failure === null ? '' : JSON.stringify(failure));
    }
  } catch (error) {
    if (!end.signal.aborted) throw error;
  }
}

/** Features at another rate, proposals from them, learning, and so on; what an engine's end let fail is asked for again. */
async function workWithoutEnd(studio: Backend): Promise<void> {
  for (let round = 0; !end.signal.aborted; round += 1) {
    const jobs = await goOn(studio);
    if (jobs.length === 0) await ask(studio, round);
    await pause(100);
  }
}

async function ask({ client }: Backend, round: number): Promise<void> {
  const done = (await client.jobs.list()).filter(({ kind }) => kind === 'propose' || kind === 'tune');
  if (done[0]?.kind === 'propose' && done[0].state === 'done') {
    await client.tuning.start({ seed: round });
    return;
  }
  await client.projects.changeSettings({ samplingFps: 6 + ((done.length * 7) % 23) });
  await client.analysis.propose({ videoIds: [workedFilm] });
}

/** Until no job is left; where none was, one more is asked for. */
async function allDone(studio: Backend): Promise<void> {
  if ((await goOn(studio)).length === 0) await ask(studio, 0);
  while (!end.signal.aborted && (await goOn(studio)).length > 0) await pause(100);
}

/** Those that wait or run, the ones that an end of the engine let fail among them. */
async function goOn({ client }: Backend): Promise<Job[]> {
  const jobs = await client.jobs.list();
  const stopped = jobs.filter(({ state, failure }) => state === 'failed' && failure?.code === 'engine-stopped');
  if (stopped.length > 0) await client.jobs.retry({ jobIds: stopped.map(({ id }) => id) });
  return jobs.filter((job) => stopped.includes(job) || job.state === 'queued' || job.state === 'running');
}

function pause(ms: number): Promise<void> {
  return setTimeout(ms, undefined, { signal: end.signal }).catch(() => undefined);
}
