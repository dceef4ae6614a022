import { Failure, isFailure, type FailureCode } from '#preload/domain/failure.ts';

/** What the studio shows of a failure: the backend's codes, and `unreachable` for a backend that does not answer. */
export interface ShownFailure {
  readonly code: FailureCode | 'unreachable';
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A headline, and what the person can do where the failure's own sentence does not say it. */
export interface FailureWords {
  readonly title: string;
  readonly advice: string;
  /** Whether trying the very same thing again can help. */
  readonly retry: boolean;
}

// Made when asked for: this is loaded before the language is known.
const words = (): Record<ShownFailure['code'], FailureWords> => ({
  'bad-input': { title: 'That cannot be used as it is', advice: 'Change the value and try again.', retry: false },
  'not-found': {
    title: 'It is not there any more',
    advice: 'It may have been removed or moved in the meantime.',
    retry: true,
  },
  'unreadable-video': {
    title: 'This video cannot be read',
    advice: 'Check that the file plays elsewhere; a fresh copy or a re-encoded file may help.',
    retry: true,
  },
  'no-video-stream': {
    title: 'There is no picture in this file',
    advice: 'Choose a file with a video stream.',
    retry: false,
  },
  'unreadable-model': {
    title: 'This model cannot be loaded',
    advice: 'Choose a folder with config.json, model.safetensors and the tokenizer files, or download it again.',
    retry: true,
  },
  'unreadable-annotations': {
    title: 'These annotations cannot be read',
    advice: 'Check that the chosen format is the one the file was written in.',
    retry: false,
  },
  'unreadable-project': {
    title: 'This project cannot be opened',
    advice: 'A copy is kept in its backups folder.',
    retry: true,
  },
  'newer-project': {
    title: 'This project was made by a newer Cuepoint',
    advice: 'Update Cuepoint to open it.',
    retry: false,
  },
  'project-busy': {
    title: 'This project is open elsewhere',
    advice: 'Close it in the other window or on the other machine, then try again.',
    retry: true,
  },
  'read-only': {
    title: 'Nothing can be written here',
    advice: 'Copy the project to a folder that you may write to.',
    retry: true,
  },
  'disk-full': {
    title: 'The disk is full',
    advice: 'Free some space and try again; nothing that was saved is lost.',
    retry: true,
  },
  'engine-stopped': {
    title: 'The engine stopped',
    advice: 'It has been started again. Retry; if it stops at the same file, that file may be the cause.',
    retry: true,
  },
  'server-away': {
    title: 'The inference server is away',
    advice: 'Start it, or choose another execution provider in the settings; what was computed is kept.',
    retry: true,
  },
  'hub-unreachable': {
    title: 'The model hub cannot be reached',
    advice: 'Check the network and try again; what has arrived is kept. Or add a model folder that was copied here.',
    retry: true,
  },
  cancelled: { title: 'Cancelled', advice: 'Retry to go on from where it stopped.', retry: true },
  'already-there': { title: 'There is a file of that name', advice: '', retry: false },
  'nothing-to-do': { title: 'There is nothing to do', advice: '', retry: false },
  locked: { title: 'It is locked', advice: 'Unlock what is to change, then try again.', retry: false },
  conflict: { title: 'Somebody else has changed it meanwhile', advice: 'Look at what it is now.', retry: false },
  forbidden: {
    title: 'Permission is lacking',
    advice: 'Allow Cuepoint to read and write there, or choose another place.',
    retry: true,
  },
  internal: { title: 'Something went wrong inside Cuepoint', advice: 'Your work is saved. Try again.', retry: true },
  unreachable: {
    title: 'The studio does not answer',
    advice:
      'It is asked again every few seconds. If it was closed, start it again and open the address that it prints; nothing is lost.',
    retry: true,
  },
});

/** Headline and advice of a failure. Total over the closed list of codes. */
export const wordsFor = (failure: Pick<ShownFailure, 'code'>): FailureWords => words()[failure.code];

/**
 * Whatever a call threw as one value to show. Unknown errors become `internal` without their text, so that no stack and
 * no library's message reaches the screen.
 */
export function failureOf(error: unknown): ShownFailure {
  if (isFailure(error)) {
    return { code: error.code, message: error.message, details: detailsOf(error) };
  }
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return { code: 'unreachable', message: 'The backend of the studio does not answer.', details: {} };
  }
  return { code: 'internal', message: 'The studio met an error it does not know.', details: {} };
}

/** What failed behind a response that is not RPC: what its body says, else `otherwise`. */
export async function failureIn(response: Response, otherwise: Failure): Promise<Failure> {
  const answer: unknown = await response.json().catch(() => null);
  return isFailure(answer) ? new Failure(answer.code, answer.message) : otherwise;
}

// A failure that came over RPC keeps its details under `data`.
function detailsOf(failure: object): Readonly<Record<string, unknown>> {
  const details = 'details' in failure ? failure.details : 'data' in failure ? failure.data : undefined;
  return typeof details === 'object' && details !== null ? (details as Readonly<Record<string, unknown>>) : {};
}
