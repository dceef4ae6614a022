import { existsSync, globSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Backend } from '#main/backend.ts';
import { HomeFolder, sampleProjectPath } from '#main/studio/home-folder.ts';
import { finishJobs } from './cli/finish-jobs.ts';
import { resourcesFolder } from './program-files.ts';

/** A CLIP that proposes, and an X-CLIP that can be its second scorer. */
const starters = ['starter-model', 'starter-xclip'] as const;

/**
 * Opens the project of a first start: short films of an acting figure, some of them labelled, in which the starter
 * model begins to propose. Made where it is not there yet, of what comes along with the program; films and models are
 * copied into the home folder, since a packaged program may lie elsewhere next time. Answers the project's folder.
 */
export async function openSampleProject(backend: Backend, homeFolder: string): Promise<string> {
  const project = sampleProjectPath(homeFolder);
  if (existsSync(project)) {
    await backend.openProject(project);
    return project;
  }
  const folder = path.dirname(project);
  try {
    await makeProject(backend, folder, path.basename(project, '.cuepoint'));
    await useStarters(backend, new HomeFolder(homeFolder));
    await backend.client.analysis.propose({ videoIds: null });
    return project;
  } catch (error) {
    await backend.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function makeProject(backend: Backend, folder: string, name: string): Promise<void> {
  const { client } = backend;
  const placeOf = (file: string): string => backend.placeOf(file).token;
  const films = path.join(folder, 'films');
  await mkdir(folder, { recursive: true });
  await cp(path.join(resourcesFolder, 'sample', 'films'), films, { recursive: true });
  await client.projects.create({ place: placeOf(folder), name });
  const places = globSync('*.mp4', { cwd: films })
    .sort()
    .map((film) => placeOf(path.join(films, film)));
  const unwatched = { signal: new AbortController().signal, progress: { show: () => undefined } };
  await finishJobs(unwatched, client, async () => (await client.videos.add({ places })).jobIds);
  await client.transfer.import({ format: 'coco', place: placeOf(path.join(resourcesFolder, 'sample', 'labels.json')) });
}

async function useStarters({ client, placeOf }: Backend, home: HomeFolder): Promise<void> {
  const [model] = await Promise.all(
    starters.map(async (name) => {
      const folder = home.modelFolder(`cuepoint/${name}`);
      await cp(path.join(resourcesFolder, name), folder, { recursive: true });
      return client.models.add({ place: placeOf(folder).token });
    }),
  );
  await client.projects.changeSettings({ model: model!.name });
}
