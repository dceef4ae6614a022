import path from 'node:path';
import type { BackendClient } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { Video } from '#preload/domain/video.ts';

/** A video of the open project by its number, its name or its file. */
export async function findVideo(client: BackendClient, given: string): Promise<Video> {
  const [found] = await findVideos(client, [given]);
  return found!;
}

/** Several, in the order given. Fails where any is not there. */
export async function findVideos(client: BackendClient, given: readonly string[]): Promise<Video[]> {
  const videos = await client.videos.list();
  return given.map((one) => {
    const found =
      videos.find(({ location }) => path.resolve(one) === location) ??
      videos.find(({ name }) => name === one) ??
      videos.find(({ id }) => String(id) === one);
    if (!found) throw new Failure('not-found', verbatim(`The project has no video "${one}"; "info" lists them.`));
    return found;
  });
}
