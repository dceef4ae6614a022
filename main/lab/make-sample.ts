import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { programFolder, programVersion } from '../hosts/program-files.ts';
import { renderFilms } from './world/render-films.ts';
import { labelledFilms, unlabelledFilms } from './world/sample-films.ts';

/** Renders the films of the sample project and the labels of the first ones into `resources/sample`. */
async function makeSample(): Promise<void> {
  const resources = path.join(programFolder, 'resources');
  const rendered = mkdtempSync(path.join(resources, '.sample-'));
  try {
    const order = { folder: rendered, version: programVersion, say: (line: string): void => console.error(line) };
    const first = await renderFilms({ ...labelledFilms, ...order });
    const rest = await renderFilms({ ...unlabelledFilms, ...order, folder: path.join(rendered, 'unlabelled') });
    const films = path.join(resources, 'sample', 'films');
    rmSync(path.join(resources, 'sample'), { recursive: true, force: true });
    mkdirSync(films, { recursive: true });
    for (const file of [...first, ...rest].filter((name) => name.endsWith('.mp4')))
      renameSync(file, path.join(films, path.basename(file)));
    renameSync(path.join(rendered, 'annotations-coco.json'), path.join(resources, 'sample', 'labels.json'));
  } finally {
    rmSync(rendered, { recursive: true, force: true });
  }
}

await makeSample();
