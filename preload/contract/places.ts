import { oc } from '@orpc/contract';
import { z } from 'zod';
import { fileName, placeToken, placeTokens, typedPath } from './given.ts';

/**
 * Files and folders of the machine that the backend runs on, named by opaque tokens: no path is ever sent as an
 * argument except one that the person typed. Electron's own dialogs hand out the same tokens.
 */
const place = z.object({
  token: z.string(),
  name: z.string(),
  kind: z.enum(['folder', 'project', 'model', 'video', 'file']),
  sizeBytes: z.number().nullable(),
});
export type Place = z.infer<typeof place>;

/** What a person is asked for: a dialog shows what could answer, and nothing else. */
export const placePurpose = z.enum(['videos', 'project', 'model', 'folder', 'annotations', 'version', 'table']);
export type PlacePurpose = z.infer<typeof placePurpose>;

const listing = z.object({
  /** The folder listed, and the path a person reads. */
  token: z.string(),
  path: z.string(),
  parent: z.string().nullable(),
  writable: z.boolean(),
  entries: z.array(place),
});
export type PlaceListing = z.infer<typeof listing>;

export const places = {
  /** Entries of a folder that may answer or lead to an answer, folders first; the home folder for null. */
  list: oc.input(z.object({ token: placeToken.nullable(), purpose: placePurpose })).output(listing),
  /** What lies at places that were dropped on the window. */
  look: oc.input(z.object({ tokens: placeTokens })).output(z.array(place)),
  /** A path that the person typed or pasted. */
  resolve: oc.input(z.object({ path: typedPath })).output(place),
  /** A folder inside another, made if need be. */
  makeFolder: oc.input(z.object({ token: placeToken, name: fileName })).output(place),
};
