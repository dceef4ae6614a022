import type { Contract } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

type Verbs = { readonly [Room in keyof Contract]?: readonly (keyof Contract[Room] & string)[] };

/**
 * Where a sign-in stands before the studio, its people label one project together: these calls are for all of them. A call
 * that is named nowhere is for nobody but owners.
 */
export const forEverybody: Verbs = {
  studio: [
    'state',
    'settings',
    'changeSettings',
    'hasServerToken',
    'keptViews',
    'keepView',
    'provider',
    'noteFailure',
    'changes',
  ],
  people: ['list', 'look'],
  projects: ['info', 'modelSwitch', 'storedSizes', 'changeSettings'],
  videos: [
    'list',
    'files',
    'add',
    'remove',
    'readAgain',
    'relink',
    'inView',
    'snapshot',
    'findCut',
    'alignBySound',
    'classCurves',
    'curves',
  ],
  classes: ['list', 'add', 'addAll', 'update', 'examples', 'segments', 'longer', 'split', 'merge', 'remove'],
  attributes: ['list', 'add', 'update', 'uses', 'remove'],
  recordings: ['list', 'look', 'lookAgain', 'add', 'update', 'remove', 'readAgain', 'replaceFile'],
  segments: [
    'list',
    'some',
    'queue',
    'create',
    'createMany',
    'readTable',
    'update',
    'move',
    'split',
    'merge',
    'subjects',
    'annotators',
    'remove',
  ],
  reviews: ['progress', 'list', 'set', 'setOfVideos'],
  splits: ['counts', 'assign', 'preview', 'draw'],
  layers: ['list', 'ofVideo', 'add', 'keepOwn', 'remove', 'agreement', 'adjudicate', 'merge', 'splitWork'],
  history: ['list', 'state', 'undo', 'redo', 'points', 'setPoint', 'removePoint', 'look', 'goBack'],
  analysis: ['propose', 'search', 'recognise'],
  shards: ['plan', 'collect'],
  jobs: ['list', 'cancel', 'retry', 'clear'],
  models: [
    'list',
    'library',
    'keptPlan',
    'planReport',
    'measureMachine',
    'downloads',
    'tryOut',
    'tryServer',
    'tryPlans',
    'check',
  ],
  transfer: ['formats', 'preview', 'export', 'report', 'lookAtTable', 'tellFormats', 'previewImport', 'import'],
  tuning: ['status', 'shots', 'examination', 'start', 'runningCurve', 'startScorer', 'scorerQuestion', 'answerScorer'],
  quality: ['status', 'measure', 'numbers', 'clips'],
  versions: ['list', 'setLive', 'goBack', 'rename', 'remove', 'curve', 'export', 'exportCorrections', 'import'],
};

/**
 * What is the machine's (its files and folders, which project is open, models, what computes): for whoever runs the studio
 * and those whom the configuration names as owners.
 */
export const forOwners: Verbs = {
  studio: ['setServerToken', 'bugReport'],
  places: ['list', 'look', 'resolve', 'makeFolder'],
  projects: ['open', 'create', 'close'],
  models: ['add', 'remove', 'download', 'startDownload', 'pauseDownload', 'discardDownload'],
};

const allowed: ReadonlySet<string> = new Set(
  Object.entries(forEverybody).flatMap(([room, verbs]) => verbs.map((verb) => `${room}.${verb}`)),
);

/** Fails with `forbidden` for a call that is not for everybody. */
export function refuseToMembers(path: readonly string[]): void {
  if (!allowed.has(path.join('.')))
    throw new Failure('forbidden', say('This is for whoever runs the studio, and for those named as its owners.'));
}
