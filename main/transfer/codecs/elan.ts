import { basename } from 'node:path/posix';
import type { XmlElement } from '@rgrove/parse-xml';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments, lanesOf, type HeldSegment } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { childAt, childrenOf, readXml, xmlText } from './xml-file.ts';

export const elan: Format = {
  id: 'elan',
  name: 'ELAN EAF',
  extensions: ['eaf'],
  description:
    'A folder with one ELAN document per video, to the millisecond: a tier per class, several where its segments overlap. Read from any tier: the value of an annotation is its class.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'classes without segments'],
  read,
  write,
};

const format = 'an ELAN document';
const msPerSecond = 1000;

/** An annotation that only refers to another has no time of its own, and neither has a slot that was not aligned. */
function read(text: string, file: string): ImportedAnnotations {
  const document = readXml(text, 'ANNOTATION_DOCUMENT', file, format);
  const rows = new SegmentRows('elan');
  const media = mediaOf(document);
  const video = media?.name ?? videoOfFile(file, ['.eaf']);
  rows.video(video);
  const fromS = media?.fromS ?? 0;
  const slots = new Map(
    childrenOf(childAt(document, 'TIME_ORDER') ?? document, 'TIME_SLOT').map(({ attributes }) => [
      attributes['TIME_SLOT_ID'],
      attributes['TIME_VALUE'] === undefined ? Number.NaN : Number(attributes['TIME_VALUE']) / msPerSecond,
    ]),
  );
  for (const tier of childrenOf(document, 'TIER')) {
    const tierName = tier.attributes['TIER_ID'] ?? '';
    for (const annotation of childrenOf(tier, 'ANNOTATION')) {
      const aligned = childAt(annotation, 'ALIGNABLE_ANNOTATION');
      const id = (aligned ?? childAt(annotation, 'REF_ANNOTATION'))?.attributes['ANNOTATION_ID'] ?? '';
      const place = `annotation ${id} of tier ${tierName}`;
      if (aligned === undefined) {
        rows.refuse(place, 'an annotation that refers to another has no time of its own');
        continue;
      }
      const startS = slots.get(aligned.attributes['TIME_SLOT_REF1']) ?? Number.NaN;
      const endS = slots.get(aligned.attributes['TIME_SLOT_REF2']) ?? Number.NaN;
      const label = childAt(aligned, 'ANNOTATION_VALUE')?.text.trim() || tierName;
      if (Number.isNaN(startS) || Number.isNaN(endS)) rows.refuse(place, 'the file does not say its time');
      else rows.add({ place, video, label, startS: startS + fromS, endS: endS + fromS });
    }
  }
  for (const name of listedClasses(document)) rows.label(name);
  return rows.done(file, format);
}

/** The first medium that is a video, else the first; and where in it the document begins. */
function mediaOf(document: XmlElement): { readonly name: string; readonly fromS: number } | null {
  const media = childrenOf(childAt(document, 'HEADER') ?? document, 'MEDIA_DESCRIPTOR');
  const one = media.find(({ attributes }) => attributes['MIME_TYPE']?.startsWith('video') === true) ?? media[0];
  const url = one?.attributes['MEDIA_URL'] ?? one?.attributes['RELATIVE_MEDIA_URL'];
  if (url === undefined || url === '') return null;
  const fromS = Number(one?.attributes['TIME_ORIGIN'] ?? 0) / msPerSecond || 0;
  try {
    return { name: decodeURIComponent(url.replace(/^file:\/*/u, '/')), fromS };
  } catch {
    return { name: url, fromS };
  }
}

/** The classes that a document of ours lists, also those without a segment. */
const listedClasses = (document: XmlElement): string[] =>
  childrenOf(childAt(document, 'HEADER') ?? document, 'PROPERTY')
    .filter(({ attributes }) => attributes['NAME'] === classProperty)
    .map(({ text }) => text);
const classProperty = 'Cuepoint class';
const author = 'Cuepoint';

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const names = set.classes.map(({ name }) => name);
  const files = videos.map(({ key, name, segments }) => ({
    name: `${key}.eaf`,
    text: documentOf(name, names, segments),
  }));
  return { files, warnings };
}

function documentOf(video: string, classes: readonly string[], segments: readonly HeldSegment[]): string {
  const tiers = classes.flatMap((name, labelId) => {
    const lanes = lanesOf(segments.filter((segment) => segment.labelId === labelId));
    return (lanes.length === 0 ? [[]] : lanes).map((lane, index) => ({
      name: index === 0 ? name : `${name} (${index + 1})`,
      label: name,
      lane,
    }));
  });
  const ids = distinctNames(tiers.map(({ name }) => name));
  // ELAN wants its slots in the order of their times.
  const rows = tiers.flatMap(({ lane }) => lane);
  const times = rows.flatMap((row, index) => [
    { ms: Math.round(row.startUs / 1000), slot: index * 2 + 1 },
    { ms: Math.round(row.endUs / 1000), slot: index * 2 + 2 },
  ]);
  times.sort((a, b) => a.ms - b.ms || a.slot - b.slot);
  let count = 0;
  const tierText = tiers.map(({ label, lane }, index) => {
    const annotations = lane.map(() => {
      count += 1;
      return `  <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a${count}" TIME_SLOT_REF1="ts${count * 2 - 1}" TIME_SLOT_REF2="ts${count * 2}"><ANNOTATION_VALUE>${xmlText(label)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n`;
    });
    return ` <TIER TIER_ID="${xmlText(ids[index]!)}" LINGUISTIC_TYPE_REF="action">\n${annotations.join('')} </TIER>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="${author}" DATE="1970-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
 <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
  <MEDIA_DESCRIPTOR MEDIA_URL="${xmlText(encodeURI(video).replaceAll('#', '%23'))}" MIME_TYPE="${mimeOf(video)}"/>
  <PROPERTY NAME="lastUsedAnnotationId">${count}</PROPERTY>
${classes.map((name) => `  <PROPERTY NAME="${classProperty}">${xmlText(name)}</PROPERTY>\n`).join('')} </HEADER>
 <TIME_ORDER>
${times.map(({ ms, slot }) => `  <TIME_SLOT TIME_SLOT_ID="ts${slot}" TIME_VALUE="${Math.max(0, ms)}"/>\n`).join('')} </TIME_ORDER>
${tierText.join('')} <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="action" TIME_ALIGNABLE="true" GRAPHIC_REFERENCES="false"/>
</ANNOTATION_DOCUMENT>
`;
}

/** A class may be called as a further tier of another is. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let count = 2; taken.has(free); count += 1) free = `${name} [${count}]`;
    taken.add(free);
    return free;
  });
}

const mimeOf = (video: string): string => (/\.mp4$/iu.test(basename(video)) ? 'video/mp4' : 'video/*');
