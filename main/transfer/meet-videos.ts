import type { StoredVideo } from '../database/videos-table.ts';
import type { ImportedAnnotations } from './annotation-set.ts';
import { someOf } from '#preload/domain/said-lists.ts';
import { say, type SaidValue, type Saying } from '#preload/domain/saying.ts';
import { matchVideos, videoNameOf, type VideoMatch } from './match-videos.ts';

/**
 * The project's video for each of a file, by checksum, else by name; null where it is not in the project or more than one
 * could be meant, or none was chosen. One warning for each kind of trouble. Linear in videos.
 */
export function meetVideos(
  imported: Pick<ImportedAnnotations, 'videos'> & { readonly segmentsOfVideo: readonly number[] },
  present: readonly StoredVideo[],
  choices: ReadonlyMap<string, number | null> = new Map(),
): {
  readonly videos: readonly (StoredVideo | null)[];
  readonly met: readonly (VideoMatch['kind'] | 'checksum' | 'name' | 'choice')[];
  readonly warnings: readonly Saying[];
} {
  const troubles = new Map<Trouble, number[]>();
  const trouble = (kind: Trouble, index: number) => {
    const indices = troubles.get(kind) ?? [];
    indices.push(index);
    troubles.set(kind, indices);
  };
  const wanted = imported.videos.map(({ fileName, checksum }) => videoNameOf(fileName, checksum));
  const matches = matchVideos(
    wanted,
    present.map(({ absolutePath, checksum }) => ({ name: absolutePath, checksum })),
  );
  const byId = new Map(present.map((video) => [video.id, video]));
  const chosenOf = (index: number) => choices.get(imported.videos[index]!.fileName);
  const videos = matches.map((match, index) => {
    const chosen = chosenOf(index);
    if (chosen !== undefined) return chosen === null ? null : (byId.get(chosen) ?? null);
    if (match.kind === 'unknown') trouble('not here', index);
    else if (match.kind === 'ambiguous') trouble(match.among.length > 1 ? 'several here' : 'several there', index);
    else if (match.by === 'name' && imported.videos[index]!.checksum !== null) trouble('other content', index);
    return match.kind === 'found' ? present[match.index]! : null;
  });
  const warnings = [...troubles].map(([kind, indices]) => {
    const names = indices.map(
      (index) => imported.videos[index]!.fileName || say('Video {{number}}', { number: String(index + 1) }),
    );
    const segments = say('{{count}} segments were', {
      count: indices.reduce((sum, index) => sum + imported.segmentsOfVideo[index]!, 0),
      one: '{{count}} segment was',
    });
    const { one, many } = troubleWords[kind];
    return names.length === 1
      ? one({ video: names[0]!, segments })
      : many({ videos: names.length, segments, names: someOf(names) });
  });
  const met = matches.map((match, index) =>
    chosenOf(index) !== undefined ? ('choice' as const) : match.kind === 'found' ? match.by : match.kind,
  );
  return { videos, met, warnings };
}

type Trouble = 'not here' | 'several here' | 'several there' | 'other content';
interface TroubleWords {
  readonly one: (values: { readonly video: SaidValue; readonly segments: Saying }) => Saying;
  readonly many: (values: { readonly videos: number; readonly segments: Saying; readonly names: SaidValue }) => Saying;
}

const troubleWords: Readonly<Record<Trouble, TroubleWords>> = {
  'not here': {
    one: (values) => say('{{video}}: it is not in the project; {{segments}} left out.', values),
    many: (values) => say('{{videos}} videos: they are not in the project; {{segments}} left out: {{names}}.', values),
  },
  'several here': {
    one: (values) =>
      say('{{video}}: several videos here have that name; name its folder or checksum; {{segments}} left out.', values),
    many: (values) =>
      say(
        '{{videos}} videos: several videos here have the name; name their folders or checksums; {{segments}} left out: {{names}}.',
        values,
      ),
  },
  'several there': {
    one: (values) =>
      say('{{video}}: another video of the file could as well be the one here; {{segments}} left out.', values),
    many: (values) =>
      say(
        '{{videos}} videos: more than one of them could be the same video here; {{segments}} left out: {{names}}.',
        values,
      ),
  },
  'other content': {
    one: (values) => say('{{video}} is not the same file as the one here; {{segments}} taken by name.', values),
    many: (values) =>
      say('{{videos}} videos are not the same files as those here; {{segments}} taken by name: {{names}}.', values),
  },
};
