import { basename } from 'node:path/posix';
import type { AnnotationSet } from '../annotation-set.ts';
import { definitionOf, valuesOf } from '../said-details.ts';
import { lanesOf, type HeldSegment } from './held-segments.ts';
import { xmlText } from './xml-file.ts';

/** Properties in the header by which our own documents are read: ELAN keeps those that it does not know. */
export const ownProperties = {
  /** The name of a class, also of one without a segment. */
  class: 'Cuepoint class',
  /** An attribute in JSON, with the type of the tiers that hold its values. */
  attribute: 'Cuepoint attribute',
  /** The type of the tiers that say which segments are ambiguous. */
  ambiguous: 'Cuepoint ambiguous',
} as const;

/** How ELAN calls tiers whose annotations have at most one value for each of the tier above. */
export const association = 'Symbolic_Association';

const author = 'Cuepoint';
const segmentType = 'action';
/** For the entries of vocabularies, which are of no certain language. */
const language = 'und';

/** What may be said of segments in tiers below theirs. */
interface Detail {
  readonly type: string;
  /** The entries of its controlled vocabulary; none where any value may be. */
  readonly options: readonly string[];
  readonly property: string;
  readonly valueOf: (segment: HeldSegment) => string | undefined;
}

interface Tier {
  readonly name: string;
  readonly label: string;
  readonly subject: string | undefined;
  readonly rows: readonly HeldSegment[];
}

/**
 * An ELAN document of one video: tiers by class, by who acts, and by lane where segments overlap; below each a tier for
 * each attribute, and one for doubt, that a segment of it has a value of.
 */
export function elanDocument(
  video: string,
  segments: readonly HeldSegment[],
  { classes, attributes }: Pick<AnnotationSet, 'classes' | 'attributes'>,
): string {
  const details = detailsOfSet(segments, { classes, attributes });
  const tiers = classes.flatMap(({ name }, labelId) =>
    tiersOf(
      name,
      segments.filter((segment) => segment.labelId === labelId),
    ),
  );
  const numbers = new Map(tiers.flatMap(({ rows }) => rows).map((row, index) => [row, index + 1]));
  // ELAN wants its slots in the order of their times.
  const times = [...numbers].flatMap(([row, number]) => [
    { ms: Math.round(row.startUs / 1000), slot: number * 2 - 1 },
    { ms: Math.round(row.endUs / 1000), slot: number * 2 },
  ]);
  times.sort((a, b) => a.ms - b.ms || a.slot - b.slot);
  const freeName = distinctNames();
  const named = tiers.map((tier) => ({ ...tier, id: freeName(tier.name) }));
  let last = numbers.size;
  const below = named.flatMap(({ id: parent, subject, rows }) =>
    details.flatMap(({ type, valueOf }) => {
      const said = rows.flatMap((row) => {
        const value = valueOf(row);
        return value === undefined ? [] : [{ value, number: numbers.get(row)! }];
      });
      if (said.length === 0) return [];
      const annotations = said.map(({ value, number }) => {
        last += 1;
        return annotationText(`REF_ANNOTATION ANNOTATION_ID="a${last}" ANNOTATION_REF="a${number}"`, value);
      });
      return [tierText({ id: freeName(`${type}: ${parent}`), type, parent, subject }, annotations)];
    }),
  );
  const above = named.map(({ id, label, subject, rows }) => {
    const annotations = rows.map((row) => {
      const number = numbers.get(row)!;
      const slots = `TIME_SLOT_REF1="ts${number * 2 - 1}" TIME_SLOT_REF2="ts${number * 2}"`;
      return annotationText(`ALIGNABLE_ANNOTATION ANNOTATION_ID="a${number}" ${slots}`, label);
    });
    return tierText({ id, type: segmentType, subject }, annotations);
  });
  const properties = [
    ...classes.map(({ name }) => propertyText(ownProperties.class, name)),
    ...details.map(({ property }) => property),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="${author}" DATE="1970-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
 <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
  <MEDIA_DESCRIPTOR MEDIA_URL="${xmlText(encodeURI(video).replaceAll('#', '%23'))}" MIME_TYPE="${mimeOf(video)}"/>
${propertyText('lastUsedAnnotationId', String(last))}${properties.join('')} </HEADER>
 <TIME_ORDER>
${times.map(({ ms, slot }) => `  <TIME_SLOT TIME_SLOT_ID="ts${slot}" TIME_VALUE="${Math.max(0, ms)}"/>\n`).join('')} </TIME_ORDER>
${above.join('')}${below.join('')} <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="${segmentType}" TIME_ALIGNABLE="true" GRAPHIC_REFERENCES="false"/>
${vocabularies(details)}</ANNOTATION_DOCUMENT>
`;
}

function detailsOfSet(
  segments: readonly HeldSegment[],
  { classes, attributes }: Pick<AnnotationSet, 'classes' | 'attributes'>,
): Detail[] {
  const freeType = distinctNames([segmentType]);
  const details = attributes.map((attribute): Detail => {
    const type = freeType(attribute.name);
    return {
      type,
      options: attribute.options,
      property: propertyText(ownProperties.attribute, JSON.stringify({ type, ...definitionOf(attribute, classes) })),
      valueOf: (segment) => {
        const value = valuesOf(segment, [attribute])?.[attribute.name];
        return value === undefined ? undefined : String(value);
      },
    };
  });
  if (!segments.some(({ ambiguous }) => ambiguous)) return details;
  const type = freeType('ambiguous');
  return [
    ...details,
    {
      type,
      options: ['yes'],
      property: propertyText(ownProperties.ambiguous, type),
      valueOf: ({ ambiguous }) => (ambiguous ? 'yes' : undefined),
    },
  ];
}

/** The tiers of a class: at least one, further ones by who acts and where segments overlap. */
function tiersOf(label: string, segments: readonly HeldSegment[]): Tier[] {
  const bySubject = Map.groupBy(segments, ({ subject }) => subject);
  if (bySubject.size === 0) return [{ name: label, label, subject: undefined, rows: [] }];
  return [...bySubject].flatMap(([subject, own]) =>
    lanesOf(own).map((rows, index) => {
      const name = index === 0 ? label : `${label} (${index + 1})`;
      return { name: subject === undefined ? name : `${name}@${subject}`, label, subject, rows };
    }),
  );
}

const propertyText = (name: string, value: string): string =>
  `  <PROPERTY NAME="${name}">${xmlText(value)}</PROPERTY>\n`;

const annotationText = (opening: string, value: string): string =>
  `  <ANNOTATION><${opening}><ANNOTATION_VALUE>${xmlText(value)}</ANNOTATION_VALUE></${opening.split(' ', 1)[0]!}></ANNOTATION>\n`;

function tierText(
  tier: {
    readonly id: string;
    readonly type: string;
    readonly parent?: string;
    readonly subject: string | undefined;
  },
  annotations: readonly string[],
): string {
  const participant = tier.subject === undefined ? '' : ` PARTICIPANT="${xmlText(tier.subject)}"`;
  const parent = tier.parent === undefined ? '' : ` PARENT_REF="${xmlText(tier.parent)}"`;
  return ` <TIER TIER_ID="${xmlText(tier.id)}" LINGUISTIC_TYPE_REF="${xmlText(tier.type)}"${parent}${participant}>\n${annotations.join('')} </TIER>\n`;
}

/** The types of tiers of values, what binds those to the tiers above, and the values that choices have. */
function vocabularies(details: readonly Detail[]): string {
  if (details.length === 0) return '';
  const types = details.map(({ type, options }) => {
    const vocabulary = options.length === 0 ? '' : ` CONTROLLED_VOCABULARY_REF="${xmlText(type)}"`;
    return ` <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="${xmlText(type)}" TIME_ALIGNABLE="false" CONSTRAINTS="${association}"${vocabulary} GRAPHIC_REFERENCES="false"/>\n`;
  });
  const bound = ` <LANGUAGE LANG_ID="${language}" LANG_DEF="http://cdb.iso.org/lg/CDB-00130975-001" LANG_LABEL="undetermined (und)"/>
 <CONSTRAINT STEREOTYPE="${association}" DESCRIPTION="1-1 association with a parent annotation"/>\n`;
  let count = 0;
  const choices = details.flatMap(({ type, options }) => {
    if (options.length === 0) return [];
    const entries = options.map((option) => {
      count += 1;
      return `  <CV_ENTRY_ML CVE_ID="cve${count}"><CVE_VALUE LANG_REF="${language}">${xmlText(option)}</CVE_VALUE></CV_ENTRY_ML>\n`;
    });
    return [
      ` <CONTROLLED_VOCABULARY CV_ID="${xmlText(type)}">\n  <DESCRIPTION LANG_REF="${language}"/>\n${entries.join('')} </CONTROLLED_VOCABULARY>\n`,
    ];
  });
  return [...types, bound, ...choices].join('');
}

/** Answers each name as long as it is free, then with a number: a class may be called as a further tier of another is. */
function distinctNames(names: readonly string[] = []): (name: string) => string {
  const taken = new Set(names);
  return (name) => {
    let free = name;
    for (let count = 2; taken.has(free); count += 1) free = `${name} [${count}]`;
    taken.add(free);
    return free;
  };
}

const mimeOf = (video: string): string => (/\.mp4$/iu.test(basename(video)) ? 'video/mp4' : 'video/*');
