import type { RecordingChange } from '#preload/contract/recordings.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Recording, RecordingTrack } from '#preload/domain/recording.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { userEdit } from './edit-value.ts';

/** Colours that stand apart on dark and light ground, in the order in which tracks get them. */
const colours = ['#4c9be8', '#e8824c', '#3fae6f', '#c65fd0', '#c9a227', '#e0567a', '#2fb0b5', '#8a7be0'] as const;

/** Tracks of columns that were chosen: named as said, all of their values in view. */
export const newTracks = (columns: readonly { readonly column: number; readonly name: string }[]): RecordingTrack[] =>
  columns.map(({ column, name }, index) => ({
    column,
    name,
    colour: colours[index % colours.length]!,
    scale: { kind: 'all' },
    look: 'full',
  }));

/** Puts a recording beside its video. Fails with `bad-input` for a column that is there twice. */
export function addRecording(recording: Recording): Edit {
  refuseTwice(recording.tracks);
  return userEdit(say('Add {{name}}', { name: recording.name }), { recordings: [{ before: null, after: recording }] });
}

/** What a project remembers of a table's file. */
export type RememberedFile = Pick<Recording, 'relativePath' | 'absolutePath' | 'sizeBytes' | 'checksum' | 'sample'>;

/** Fails with `bad-input` for a column that is there twice, or a scale from high to low. */
export function changeRecording(before: Recording, change: RecordingChange | RememberedFile): Edit {
  const after = { ...before, ...withoutUndefined(change) } as Recording;
  refuseTwice(after.tracks);
  const upside = after.tracks.find(({ scale }) => scale.kind === 'fixed' && scale.low >= scale.high);
  if (upside !== undefined)
    throw new Failure(
      'bad-input',
      say('The scale of “{{name}}” must begin below where it ends.', { name: upside.name }),
      {},
    );
  return userEdit(label(before, after), { recordings: [{ before, after }] });
}

export const removeRecording = (before: Recording): Edit =>
  userEdit(say('Remove {{name}}', { name: before.name }), { recordings: [{ before, after: null }] });

const withoutUndefined = <Value extends object>(value: Value): Partial<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<Value>;

/** What a person reads of it in the history. */
function label(before: Recording, after: Recording): Saying {
  const { name } = after;
  if (before.checksum !== after.checksum) return say('Take the new content of {{name}}', { name });
  if (before.absolutePath !== after.absolutePath) return say('Find {{name}} again', { name });
  if (before.name !== after.name) return say('Rename {{before}} to {{name}}', { before: before.name, name });
  if (before.rate !== after.rate) return say('Set the clock of {{name}}', { name });
  if (before.offsetUs !== after.offsetUs) {
    const bySeconds = Math.round(secondsOf(after.offsetUs - before.offsetUs) * 1000) / 1000;
    const by = Math.abs(bySeconds);
    return bySeconds > 0
      ? say('Move {{name}} by +{{by}} s', { name, by })
      : say('Move {{name}} by −{{by}} s', { name, by });
  }
  if (before.tracks.length > after.tracks.length) {
    const gone = before.tracks.filter(({ column }) => after.tracks.every((each) => each.column !== column));
    return say('Remove {{name}}', { name: gone.map((track) => track.name) });
  }
  const changed = after.tracks.find((track, index) => JSON.stringify(track) !== JSON.stringify(before.tracks[index]));
  return changed === undefined
    ? say('Read {{name}} otherwise', { name })
    : say('Change {{name}}', { name: changed.name });
}

function refuseTwice(tracks: readonly RecordingTrack[]): void {
  const seen = new Set<number>();
  for (const { column, name } of tracks) {
    if (seen.has(column)) throw new Failure('bad-input', say('“{{name}}” is drawn already.', { name }), { column });
    seen.add(column);
  }
}
