import { z } from 'zod';

/**
 * What a client may send, each part with an end: how long a text, how many of a list, how large a number. All are far
 * above what a person at a window needs; `main/api/bounded-inputs.test.ts` holds the whole contract to having them.
 */

/** The token of a file or a folder, as `places` gave it. */
export const placeToken = z.string().max(200);
export const placeTokens = z.array(placeToken).max(100_000);

/** A path as a person types it: the longest that any system takes. */
export const typedPath = z.string().min(1).max(32_767);

/** The name of one file or folder: the longest that any system takes. */
export const fileName = z.string().min(1).max(255);

export const mostRows = 1_000_000;
export const rowIds = z.array(z.int()).max(mostRows);

/** Any time of any video, also between its microseconds. */
export const atUs = z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** A name that a file gives to a class, a video or a format. */
export const nameInFile = z.string().max(4096);

/** The name of a model that was added. */
export const modelName = z.string().max(1000);
