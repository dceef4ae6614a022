import type { Contract } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';

type Call = { [Room in keyof Contract]: `${Room}.${keyof Contract[Room] & string}` }[keyof Contract];

/**
 * Where a sign-in stands before the studio, its people label one project together. What is the machine's (its files and
 * folders, which project is open, models, what computes) is for whoever runs the studio and those whom the configuration
 * names as owners. Everything about labels is for all.
 */
const ofOwners: ReadonlySet<string> = new Set<Call>([
  'projects.open',
  'projects.create',
  'projects.close',
  'places.list',
  'places.look',
  'places.resolve',
  'places.makeFolder',
  'models.add',
  'models.remove',
  'models.download',
  'models.startDownload',
  'models.pauseDownload',
  'models.discardDownload',
  'studio.setServerToken',
  'studio.bugReport',
]);

/** Fails with `forbidden` for a call that is the owners’. */
export function refuseToMembers(path: readonly string[]): void {
  if (ofOwners.has(path.join('.')))
    throw new Failure('forbidden', 'This is for whoever runs the studio, and for those named as its owners.');
}
