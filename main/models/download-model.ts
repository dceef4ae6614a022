import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { modelTypeOf, modelTypes } from '#native-models/families.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { ModelDownloadProgress } from '#preload/domain/model.ts';
import { arrivedBytes, checkedDownload } from './checked-download.ts';
import { openHubRepository, type Hub, type HubFile } from './hub-repository.ts';
import { freeBytes, modelLibrary } from './model-library.ts';
import { wantedFiles } from './wanted-files.ts';

export interface ModelSource {
  /** `owner/name` at the hub. */
  readonly repository: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  readonly hub: Hub;
}

/** Where the files of a model grow that is to be in `folder` once they are whole. */
export const partialFolder = (folder: string): string => `${folder}.partial`;

/** Progress is told this often, in milliseconds, and at the end. */
const toldEveryMs = 100;

/**
 * Brings the model files of a repository into `folder`, which appears only when all are whole; until then they grow in
 * `<folder>.partial`, where a later call goes on. Fails with `hub-unreachable`, `not-found`, `forbidden`, `disk-full`,
 * `unreadable-model` (before the weights are fetched, where the configuration tells) and `cancelled`.
 */
export async function* downloadModel(
  folder: string,
  { repository, revision, hub }: ModelSource,
  signal?: AbortSignal,
): AsyncGenerator<ModelDownloadProgress, void, void> {
  const opened = await openHubRepository(repository, revision, hub, signal).catch((error: unknown) => {
    throw withoutNetwork(error, { repository, revision, hub }, folder);
  });
  const wanted = wantedFiles(opened, repository);
  const totalBytes = wanted.reduce((sum, { size }) => sum + size, 0);
  const isCheckpoint = wanted.every(({ path: name }) => !name.endsWith('.onnx'));
  const partial = partialFolder(folder);
  const placeOf = (file: HubFile): string => path.join(partial, ...file.path.split('/'));
  await mkdir(partial, { recursive: true });
  await expectRoom(
    partial,
    wanted.reduce((sum, file) => sum + Math.max(0, file.size - arrivedBytes(placeOf(file))), 0),
  );
  let before = 0;
  let toldMs = -Infinity;
  for (const file of wanted) {
    for await (const bytes of checkedDownload(file, placeOf(file))) {
      if (performance.now() - toldMs < toldEveryMs) continue;
      toldMs = performance.now();
      yield { file: file.path, doneBytes: before + bytes, totalBytes };
    }
    before += file.size;
    if (isCheckpoint && file.path === 'config.json') expectArchitecture(partial, repository);
  }
  await rename(partial, folder);
  yield { file: wanted.at(-1)!.path, doneBytes: totalBytes, totalBytes };
}

/** What cannot be reached from here can be fetched elsewhere: says what, and where to put it. */
function withoutNetwork(error: unknown, { repository, revision, hub }: ModelSource, folder: string): unknown {
  if (!(error instanceof Failure) || error.code !== 'hub-unreachable') return error;
  const files = modelLibrary.find((model) => model.repository === repository)?.files ?? usualFiles;
  const said = say(
    '{{problem}} Or fetch {{files}} of {{place}} on another computer, put them in {{folder}}, and start the download again.',
    {
      problem: error.said,
      files,
      place: `${hub.url}/${repository}/tree/${encodeURIComponent(revision)}`,
      folder,
    },
  );
  return new Failure(error.code, said, { ...error.details, files, folder }, { cause: error.cause });
}

/** Of a model that the library does not list. */
const usualFiles = ['config.json', 'model.safetensors', 'tokenizer.json', 'preprocessor_config.json'];

async function expectRoom(folder: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= bytes) return;
  throw new Failure(
    'disk-full',
    say('The model needs {{needed}} MB more, and {{folder}} has room for {{room}} MB; free some space first.', {
      needed: Math.ceil(bytes / 1e6),
      folder,
      room: Math.ceil(free / 1e6),
    }),
  );
}

function expectArchitecture(folder: string, repository: string): void {
  const modelType = modelTypeOf(folder);
  if (modelType === null || modelTypes.includes(modelType)) return;
  throw new Failure(
    'unreadable-model',
    say('{{repository}} is a model of type “{{modelType}}”; what works here: {{types}}.', {
      repository,
      modelType: modelType,
      types: modelTypes,
    }),
    { repository },
  );
}
