import path from 'node:path';
import type { BackendClient } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Video } from '#preload/domain/video.ts';

/** A video of the open project by its number, its name or its file. */
export async function findVideo(client: BackendClient, given: string): Promise<Video> {
  const videos = await client.videos.list();
  const found =
    videos.find(({ location }) => path.resolve(given) === location) ??
    videos.find(({ name }) => name === given) ??
    videos.find(({ id }) => String(id) === given);
  if (!found) throw new Failure('not-found', `The project has no video "${given}"; "info" lists them.`);
  return found;
}
