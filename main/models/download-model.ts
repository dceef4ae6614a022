import { mkdir, rename, statfs } from 'node:fs/promises';
import path from 'node:path';
import { modelTypeOf, modelTypes } from '#native-models/families.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { ModelDownloadProgress } from '#preload/domain/model.ts';
import { arrivedBytes, checkedDownload } from './checked-download.ts';
import { openHubRepository, type Hub, type HubFile } from './hub-repository.ts';
import { wantedFiles } from './wanted-files.ts';

export interface ModelSource {
  /** `owner/name` at the hub. */
  readonly repository: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  readonly hub: Hub;
}

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
  const wanted = wantedFiles(await openHubRepository(repository, revision, hub, signal), repository);
  const totalBytes = wanted.reduce((sum, { size }) => sum + size, 0);
  const isCheckpoint = wanted.some(({ path: name }) => name.startsWith('model.safetensors'));
  const partial = `${folder}.partial`;
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

async function expectRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const [needed, free] = [bytes, bavail * bsize].map((size) => `${Math.ceil(size / 2 ** 20)} MiB`);
  throw new Failure(
    'disk-full',
    `The model needs ${needed}, and ${folder} has room for ${free}; free some space first.`,
  );
}

function expectArchitecture(folder: string, repository: string): void {
  const modelType = modelTypeOf(folder);
  if (modelType === null || modelTypes.includes(modelType)) return;
  throw new Failure(
    'unreadable-model',
    `${repository} is a model of type “${modelType}”; what works here: ${modelTypes.join(', ')}.`,
    { repository },
  );
}
