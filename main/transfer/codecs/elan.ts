import { say } from '#preload/domain/saying.ts';
import type { XmlElement } from '@rgrove/parse-xml';
import { z } from 'zod';
import { longestText } from '#preload/domain/attribute.ts';
import { longestSubject } from '#preload/domain/segment.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { association, elanDocument, ownProperties } from './elan-document.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows, type SaidRow } from './segment-rows.ts';
import { toldAttribute } from './told-attribute.ts';
import { childAt, childrenOf, readXml } from './xml-file.ts';

export const elan: Format = {
  id: 'elan',
  name: 'ELAN EAF',
  extensions: ['eaf'],
  description:
    'A folder with one ELAN document per video, to the millisecond: a tier per class and participant, several where its segments overlap, with a tier of values below it for each attribute. Read from any tier: the value of an annotation is its class.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'subjects', 'ambiguous', 'attributes', 'classes without segments'],
  read,
  write,
};

const format = say('an ELAN document');
const msPerSecond = 1000;

/**
 * An annotation that another one's time is that of says something of it where the two are of one to one; any other that
 * only refers to one has no time of its own, and neither has a slot that was not aligned.
 */
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
  const classes = propertiesOf(document, ownProperties.class);
  const namesTell = classes.length === 0;
  const details = detailsIn(document, namesTell);
  for (const tier of childrenOf(document, 'TIER')) {
    const { name: tierName, label: tierLabel, subject } = tierOf(tier, namesTell);
    for (const annotation of childrenOf(tier, 'ANNOTATION')) {
      const aligned = childAt(annotation, 'ALIGNABLE_ANNOTATION');
      const id = idOf(aligned ?? childAt(annotation, 'REF_ANNOTATION')) ?? '';
      const place = say('annotation {{id}} of tier {{name}}', { id, name: tierName });
      if (aligned === undefined) {
        if (!details.taken.has(id))
          rows.refuse(place, say('an annotation that refers to another has no time of its own'));
        continue;
      }
      const startS = slots.get(aligned.attributes['TIME_SLOT_REF1']) ?? Number.NaN;
      const endS = slots.get(aligned.attributes['TIME_SLOT_REF2']) ?? Number.NaN;
      const label = valueIn(aligned) || tierLabel;
      if (Number.isNaN(startS) || Number.isNaN(endS)) rows.refuse(place, say('the file does not say its time'));
      else
        rows.add({
          place,
          video,
          label,
          startS: startS + fromS,
          endS: endS + fromS,
          subject,
          ...details.of.get(id),
        });
    }
  }
  for (const name of classes) rows.label(name);
  for (const { type: _, ...definition } of details.defined) rows.attribute(definition);
  return rows.done(file, format);
}

const idOf = (annotation: XmlElement | undefined): string | undefined => annotation?.attributes['ANNOTATION_ID'];
const valueIn = (annotation: XmlElement): string => childAt(annotation, 'ANNOTATION_VALUE')?.text.trim() ?? '';

/** Who acts is the participant or, where names tell it, what stands behind the last `@` of the tier's. */
function tierOf({ attributes }: XmlElement, namesTell: boolean) {
  const name = attributes['TIER_ID'] ?? '';
  const [, label, after] = (namesTell && /^(.*[^@])@([^@]+)$/su.exec(name)) || [];
  const subject = (attributes['PARTICIPANT']?.trim() || after?.trim() || '').slice(0, longestSubject);
  return { name, label: label?.trim() || name, subject: subject === '' ? undefined : subject };
}

interface Details {
  /** What is said of an aligned annotation, by its identifier. */
  readonly of: ReadonlyMap<string, Pick<SaidRow, 'ambiguous' | 'values'>>;
  /** Identifiers of the annotations that say it. */
  readonly taken: ReadonlySet<string>;
  readonly defined: readonly z.infer<typeof typedAttribute>[];
}

/** What tiers of values say of the annotations of the tiers that they depend on. */
function detailsIn(document: XmlElement, namesTell: boolean): Details {
  const defined = propertiesOf(document, ownProperties.attribute).flatMap((text) => definitionIn(text) ?? []);
  const nameOfType = new Map(defined.map(({ type, name }) => [type, name]));
  const ambiguous = new Set(propertiesOf(document, ownProperties.ambiguous));
  const constraintOf = new Map(
    childrenOf(document, 'LINGUISTIC_TYPE').map(({ attributes }) => [
      attributes['LINGUISTIC_TYPE_ID'],
      attributes['CONSTRAINTS'],
    ]),
  );
  const tiers = childrenOf(document, 'TIER');
  const timed = new Set(
    tiers.flatMap((tier) =>
      childrenOf(tier, 'ANNOTATION').flatMap((one) => idOf(childAt(one, 'ALIGNABLE_ANNOTATION')) ?? []),
    ),
  );
  const [of, taken] = [new Map<string, Pick<SaidRow, 'ambiguous' | 'values'>>(), new Set<string>()];
  for (const tier of tiers) {
    const type = tier.attributes['LINGUISTIC_TYPE_REF'] ?? '';
    if (tier.attributes['PARENT_REF'] === undefined || constraintOf.get(type) !== association) continue;
    const name = nameOfType.get(type) ?? tierOf(tier, namesTell).label;
    for (const one of childrenOf(tier, 'ANNOTATION')) {
      const referring = childAt(one, 'REF_ANNOTATION');
      const target = referring?.attributes['ANNOTATION_REF'] ?? '';
      if (referring === undefined || !timed.has(target)) continue;
      taken.add(idOf(referring) ?? '');
      const value = valueIn(referring).slice(0, longestText);
      const before = of.get(target);
      if (ambiguous.has(type)) of.set(target, { ...before, ambiguous: value === 'yes' });
      else if (value !== '') of.set(target, { ...before, values: { ...before?.values, [name]: value } });
    }
  }
  return { of, taken, defined };
}

/** An attribute, with the type of the tiers that hold its values; null where it does not read as one. */
function definitionIn(text: string): z.infer<typeof typedAttribute> | null {
  try {
    return typedAttribute.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
const typedAttribute = toldAttribute.extend({ type: z.string() });

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

const propertiesOf = (document: XmlElement, name: string): string[] =>
  childrenOf(childAt(document, 'HEADER') ?? document, 'PROPERTY')
    .filter(({ attributes }) => attributes['NAME'] === name)
    .map(({ text }) => text);

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, name, segments }) => ({
    name: `${key}.eaf`,
    text: elanDocument(name, segments, set),
  }));
  return { files, warnings };
}
