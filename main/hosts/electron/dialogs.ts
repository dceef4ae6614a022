import { existsSync } from 'node:fs';
import path from 'node:path';
import { dialog, shell, type OpenDialogOptions } from 'electron';
import { z } from 'zod';
import type { Backend } from '#main/backend.ts';
import { placePurpose, type PlacePurpose } from '#preload/contract/places.ts';
import { typedPath } from '#preload/contract/given.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { answer } from './answer-page.ts';

/** Containers that people have video in; the decoder, not this list, decides what can be read. */
const videoExtensions = [
  'mp4',
  'mov',
  'm4v',
  'mkv',
  'webm',
  'avi',
  'mpg',
  'mpeg',
  'ts',
  'mts',
  'wmv',
  'flv',
  'ogv',
  '3gp',
];

const dialogs: Readonly<Record<PlacePurpose, OpenDialogOptions>> = {
  videos: {
    title: 'Add videos',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Videos', extensions: videoExtensions },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  project: { title: 'Open a project', properties: ['openDirectory'] },
  model: { title: 'Add a model folder', properties: ['openDirectory'] },
  folder: { title: 'Choose a folder', properties: ['openDirectory', 'createDirectory'] },
  annotations: { title: 'Import annotations', properties: ['openFile'] },
  table: { title: 'Add values of a sensor', properties: ['openFile'] },
  version: {
    title: 'Import a version',
    properties: ['openFile'],
    filters: [{ name: 'Exported versions', extensions: ['safetensors', 'json'] }],
  },
};

/**
 * Answers the pages' wishes that need the system: dialogs, dropped files, the file manager. Paths that people choose
 * become place tokens here; only pages of ours are heard.
 */
export function answerPages(backend: Pick<Backend, 'placeOf'>): void {
  const tokensOf = async (paths: readonly string[]) => paths.map((each) => backend.placeOf(each).token);

  answer('cuepoint:choose', placePurpose, async (what, window) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, dialogs[what]);
    return canceled ? [] : tokensOf(filePaths);
  });
  answer('cuepoint:places-of', z.array(typedPath).max(10_000), tokensOf);
  answer('cuepoint:reveal', typedPath, async (file) => {
    // An address of another machine would make the system send this person's name and password hash there.
    if (!path.isAbsolute(file) || file.startsWith('\\\\') || !existsSync(file)) {
      throw new Failure('not-found', say('{{file}} is no longer there.', { file }));
    }
    shell.showItemInFolder(file);
  });
}
