import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds `package.json`: the checkout, or the packaged app. */
export const programFolder = findUp(import.meta.dirname);

/** What comes along as files: the sample project's films and labels, the starter models. Beside a packaged app's archive. */
export const resourcesFolder = programFolder.endsWith('.asar')
  ? path.dirname(programFolder)
  : path.join(programFolder, 'resources');

/** The built renderer. */
export const rendererFolder = path.join(programFolder, 'dist', 'renderer');

export const programVersion = (
  JSON.parse(readFileSync(path.join(programFolder, 'package.json'), 'utf8')) as { version: string }
).version;

function findUp(start: string): string {
  for (let folder = start; ; folder = path.dirname(folder)) {
    try {
      const { name } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string };
      if (name === 'cuepoint') return folder;
    } catch (error) {
      if (folder === path.dirname(folder)) throw error;
    }
  }
}
