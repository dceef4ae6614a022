import { asFailure, isFailure, type Failure, type FailureCode } from '#preload/domain/failure.ts';
import { said } from '../language/said.ts';
import { t } from '../language/language.ts';

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
  'bad-input': { title: t('That cannot be used as it is'), advice: t('Change the value and try again.'), retry: false },
  'not-found': {
    title: t('It is not there any more'),
    advice: t('It may have been removed or moved in the meantime.'),
    retry: true,
  },
  'unreadable-video': {
    title: t('This video cannot be read'),
    advice: t('Check that the file plays elsewhere; a fresh copy or a re-encoded file may help.'),
    retry: true,
  },
  'no-video-stream': {
    title: t('There is no picture in this file'),
    advice: t('Choose a file with a video stream.'),
    retry: false,
  },
  'unreadable-model': {
    title: t('This model cannot be loaded'),
    advice: t('Choose a folder with config.json, model.safetensors and the tokenizer files, or download it again.'),
    retry: true,
  },
  'unreadable-annotations': {
    title: t('These annotations cannot be read'),
    advice: t('Check that the chosen format is the one the file was written in.'),
    retry: false,
  },
  'unreadable-project': {
    title: t('This project cannot be opened'),
    advice: t('A copy is kept in its backups folder.'),
    retry: true,
  },
  'newer-project': {
    title: t('This project was made by a newer Cuepoint'),
    advice: t('Update Cuepoint to open it.'),
    retry: false,
  },
  'project-busy': {
    title: t('This project is open elsewhere'),
    advice: t('Close it in the other window or on the other machine, then try again.'),
    retry: true,
  },
  'read-only': {
    title: t('Nothing can be written here'),
    advice: t('Copy the project to a folder that you may write to.'),
    retry: true,
  },
  'disk-full': {
    title: t('The disk is full'),
    advice: t('Free some space and try again; nothing that was saved is lost.'),
    retry: true,
  },
  'engine-stopped': {
    title: t('The engine stopped'),
    advice: t('It has been started again. Retry; if it stops at the same file, that file may be the cause.'),
    retry: true,
  },
  'server-away': {
    title: t('The inference server is away'),
    advice: t('Start it, or choose another execution provider in the settings; what was computed is kept.'),
    retry: true,
  },
  'hub-unreachable': {
    title: t('The model hub cannot be reached'),
    advice: t('Check the network and try again; what has arrived is kept. Or add a model folder that was copied here.'),
    retry: true,
  },
  cancelled: { title: t('Cancelled'), advice: t('Retry to go on from where it stopped.'), retry: true },
  'already-there': { title: t('There is a file of that name'), advice: '', retry: false },
  'nothing-to-do': { title: t('There is nothing to do'), advice: '', retry: false },
  locked: { title: t('It is locked'), advice: t('Unlock what is to change, then try again.'), retry: false },
  conflict: { title: t('Somebody else has changed it meanwhile'), advice: t('Look at what it is now.'), retry: false },
  forbidden: {
    title: t('Permission is lacking'),
    advice: t('Allow Cuepoint to read and write there, or choose another place.'),
    retry: true,
  },
  internal: {
    title: t('Something went wrong inside Cuepoint'),
    advice: t('Your work is saved. Try again.'),
    retry: true,
  },
  unreachable: {
    title: t('The studio does not answer'),
    advice: t(
      'It is asked again every few seconds. If it was closed, start it again and open the address that it prints; nothing is lost.',
    ),
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
    const failure = asFailure(error);
    return { code: failure.code, message: said(failure.said), details: failure.details };
  }
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return { code: 'unreachable', message: t('The backend of the studio does not answer.'), details: {} };
  }
  return { code: 'internal', message: t('The studio met an error it does not know.'), details: {} };
}

/** What failed behind a response that is not RPC: what its body says, else `otherwise`. */
export async function failureIn(response: Response, otherwise: Failure): Promise<Failure> {
  const answer: unknown = await response.json().catch(() => null);
  return isFailure(answer) ? asFailure(answer) : otherwise;
}
