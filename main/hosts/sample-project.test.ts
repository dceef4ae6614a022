// Protects: a first start opens films with labels, and with proposals by the model that comes along, offline and small.
import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { childProcessCarrier } from '../engine/carriers.ts';
import { startEngine } from '../engine/start-engine.ts';
import { idle, openBackend } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openSampleProject } from './sample-project.ts';

it('makes a project with labelled films and proposals in the others, once', async () => {
  const engine = startEngine(childProcessCarrier);
  onTestFinished(() => engine[Symbol.asyncDispose]());
  const folder = temporaryFolder();
  const home = path.join(folder, 'home');
  const backend = openBackend(folder, engine);
  const project = await openSampleProject(backend, home);
  const { isSample, settings } = await backend.client.projects.info();
  expect(isSample).toBe(true);
  expect(settings.model).toBe('starter-model');

  const jobs = await idle(backend);
  expect(jobs.map(({ state }) => state)).not.toContain('failed');
  const videos = (await backend.client.videos.list()).map(({ counts }) => counts);
  expect(videos).toHaveLength(7);
  expect(videos.filter(({ accepted }) => accepted > 0)).toHaveLength(2);
  for (const { proposed } of videos) expect(proposed).toBeGreaterThan(0);
  const classes = await backend.client.classes.list();
  expect(classes).toHaveLength(6);
  const films = globSync(path.join(path.dirname(project), '*', '*.mp4'));
  expect(films.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(3e6);

  await backend.client.projects.close();
  expect(await openSampleProject(backend, home)).toBe(project);
  expect(await idle(backend)).toHaveLength(jobs.length);
  expect(await backend.client.videos.list()).toHaveLength(7);
});
