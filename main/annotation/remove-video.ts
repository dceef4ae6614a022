import type { Edit } from '#preload/domain/edit.ts';
import { say } from '#preload/domain/saying.ts';
import { userEdit } from './edit-value.ts';

/** Takes a video with its annotations out of sight; the rows and the media file stay. */
export function removeVideo({ id, name }: { readonly id: number; readonly name: string }): Edit {
  return userEdit(say('Remove video {{name}}', { name }), {
    videos: [{ before: { id, removed: false }, after: { id, removed: true } }],
  });
}

/** Brings a removed video back with all its annotations, when the same content is added again. */
export function bringVideoBack({ id, name }: { readonly id: number; readonly name: string }): Edit {
  return userEdit(say('Bring back video {{name}}', { name }), {
    videos: [{ before: { id, removed: true }, after: { id, removed: false } }],
  });
}
