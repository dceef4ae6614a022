import type { StoredVideo } from '../database/videos-table.ts';
import type { ImportedAnnotations } from './annotation-set.ts';
import { segmentCount, someOf } from './left-out.ts';
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
  readonly warnings: readonly string[];
} {
  const troubles = new Map<string, number[]>();
  const trouble = (kind: string, index: number) => {
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
    if (match.kind === 'unknown') trouble(notHere, index);
    else if (match.kind === 'ambiguous') trouble(match.among.length > 1 ? severalHere : severalThere, index);
    else if (match.by === 'name' && imported.videos[index]!.checksum !== null) trouble(otherContent, index);
    return match.kind === 'found' ? present[match.index]! : null;
  });
  const warnings = [...troubles].map(([kind, indices]) => {
    const names = indices.map((index) => imported.videos[index]!.fileName || `Video ${index + 1}`);
    const segments = segmentCount(indices.reduce((sum, index) => sum + imported.segmentsOfVideo[index]!, 0));
    const [one] = names;
    if (kind === otherContent)
      return names.length === 1
        ? `${one} is not the same file as the one here; ${segments} taken by name.`
        : `${names.length} videos are not the same files as those here; ${segments} taken by name: ${someOf(names)}.`;
    const [ofOne, ofMany] = reasons[kind]!;
    return names.length === 1
      ? `${one}: ${ofOne}; ${segments} left out.`
      : `${names.length.toLocaleString('en')} videos: ${ofMany}; ${segments} left out: ${someOf(names)}.`;
  });
  const met = matches.map((match, index) =>
    chosenOf(index) !== undefined ? ('choice' as const) : match.kind === 'found' ? match.by : match.kind,
  );
  return { videos, met, warnings };
}

const notHere = 'not here';
const severalHere = 'several here';
const severalThere = 'several there';
const otherContent = 'other content';

const reasons: Readonly<Record<string, readonly [one: string, many: string]>> = {
  [notHere]: ['it is not in the project', 'they are not in the project'],
  [severalHere]: [
    'several videos here have that name; name its folder or checksum',
    'several videos here have the name; name their folders or checksums',
  ],
  [severalThere]: [
    'another video of the file could as well be the one here',
    'more than one of them could be the same video here',
  ],
};
