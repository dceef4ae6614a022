import { parse } from 'node:path/posix';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import type { ImportedAnnotations, ImportedLabel, SaidSeconds } from '../transfer/annotation-set.ts';
import { unreadable } from './evaluation-json.ts';

interface SegmentsOfVideo {
  /** As the file writes it; `null` where the file has no subsets. */
  readonly subset: string | null;
  readonly segments: readonly (ImportedLabel & SaidSeconds & { readonly label: string | null })[];
}

/**
 * What a codec read, by what tells the file's videos apart: the name that it gives them and, where it says one, the
 * checksum. A benchmark counts every row: fails with `unreadable-annotations` where one cannot be read, or counts frames.
 */
export function segmentsOfFile(read: ImportedAnnotations, file: string): ReadonlyMap<string, SegmentsOfVideo> {
  const [fault] = read.faults;
  if (fault !== undefined) throw unreadable(file, english(fault.said));
  const byVideo = Map.groupBy(read.segments, ({ video }) => video);
  const named = read.videos.map(({ fileName, checksum, subset }, index): [string, SegmentsOfVideo] => [
    checksum === null ? fileName : `${fileName}#${checksum}`,
    {
      subset,
      segments: (byVideo.get(index) ?? []).map((segment) => {
        if (!('startS' in segment))
          throw unreadable(file, `${english(segment.place)} counts frames; times in seconds are needed`);
        return { ...segment, label: segment.class === null ? null : read.classes[segment.class]!.name };
      }),
    },
  ]);
  const videos = new Map(named);
  if (videos.size < named.length) {
    const twice = named.find(([key], index) => named.findIndex(([other]) => other === key) !== index)![0];
    const message = `${file} lists two videos as “${parse(twice).base}”, and nothing tells them apart.`;
    throw new Failure('unreadable-annotations', verbatim(message), { file });
  }
  return videos;
}
