import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { programFolder, programVersion } from '../hosts/program-files.ts';
import { renderFilms } from '../lab/world/render-films.ts';
import { actionsNamed } from '../lab/world/untrimmed-video.ts';
import { sampleProjectPath } from '../studio/home-folder.ts';

const starterModel = path.join(programFolder, 'resources/starter-model');
const starterScorer = path.join(programFolder, 'resources/starter-xclip');

const actions = actionsNamed(['wave-both-arm', 'squat', 'jumping-jack', 'sit-down', 'throw-ball', 'bow']);
const look = { actions, occurrences: 4, difficulty: 0.5, picture: { width: 256, height: 192, fps: 12 } };
/** The first films come with their annotations, the others wait for somebody to label them. */
const annotated = { ...look, seed: 20, videos: 2 };
const unlabelled = { ...look, seed: 21, videos: 5 };

/**
 * The project that a first start opens: short films of an acting figure, drawn here, with what the starter model
 * proposes in them. Made once; answers its folder.
 */
export async function ensureSampleProject(homeFolder: string): Promise<string> {
  const project = sampleProjectPath(homeFolder);
  const folder = path.dirname(project);
  if (existsSync(project)) return project;
  console.error('Making the sample project, once; this takes less than a minute…');
  try {
    const shared = { folder: path.join(folder, 'films'), version: programVersion, say: () => undefined };
    const first = await renderFilms({ ...annotated, ...shared });
    const rest = await renderFilms({ ...unlabelled, ...shared, folder: path.join(folder, 'more films') });
    const films = [...first, ...rest].filter((file) => file.endsWith('.mp4'));
    await cuepoint(homeFolder, 'new', project, '--classes', actions.map(({ phrases }) => phrases[0]).join(','));
    await cuepoint(homeFolder, 'add', project, ...films);
    await cuepoint(
      homeFolder,
      'import',
      project,
      '--format',
      'coco',
      path.join(shared.folder, 'annotations-coco.json'),
    );
    await cuepoint(homeFolder, 'models', 'add', starterScorer);
    await cuepoint(homeFolder, 'propose', project, '--model', starterModel);
    return project;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function cuepoint(homeFolder: string, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, CUEPOINT_HOME: homeFolder };
  await promisify(execFile)(process.execPath, [path.join(programFolder, 'main/hosts/cli.ts'), ...args], { env });
}
