// Protects: what we write for ELAN keeps to version 3.0 of its schema, which this table says in its own words: which elements
// stand in which, in what order and how often, their attributes and the types of those, identifiers and what refers to them.
// Beyond the schema, ELAN wants slots in the order of time and no overlap within a tier.
import { XmlElement, XmlText } from '@rgrove/parse-xml';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotationSets } from '../../testing/annotation-sets.ts';
import type { WrittenFolder } from '../annotation-set.ts';
import { elan } from './elan.ts';
import { childAt, childrenOf, readXml } from './xml-file.ts';

const types = {
  any: /^[^]*$/u,
  dateTime: /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/u,
  uri: /^[^\s<>"{}|\\^`]*$/u,
  id: /^[\p{L}_][\p{L}\p{M}\p{N}._-]*$/u,
  unsigned: /^\d{1,10}$/u,
  boolean: /^(true|false|0|1)$/u,
  units: /^(NTSC-frames|PAL-frames|milliseconds)$/u,
  format: /^3\.0$/u,
} as const;

interface ElementRule {
  /** In order; `*` any number, `?` at most one, else exactly one. */
  readonly children: readonly string[];
  /** By name; `!` must be there. */
  readonly attributes: Readonly<Record<string, `${keyof typeof types}${'' | '!'}`>>;
  readonly text?: true;
}

const rules: Readonly<Record<string, ElementRule>> = {
  ANNOTATION_DOCUMENT: {
    children: [
      'LICENSE*',
      'HEADER',
      'TIME_ORDER',
      'TIER*',
      'LINGUISTIC_TYPE*',
      'LOCALE*',
      'LANGUAGE*',
      'CONSTRAINT*',
      'CONTROLLED_VOCABULARY*',
    ],
    attributes: { AUTHOR: 'any!', DATE: 'dateTime!', FORMAT: 'format', VERSION: 'any!' },
  },
  HEADER: {
    children: ['MEDIA_DESCRIPTOR*', 'LINKED_FILE_DESCRIPTOR*', 'PROPERTY*'],
    attributes: { MEDIA_FILE: 'any', TIME_UNITS: 'units' },
  },
  MEDIA_DESCRIPTOR: {
    children: [],
    attributes: { MEDIA_URL: 'uri!', RELATIVE_MEDIA_URL: 'uri', MIME_TYPE: 'any!' },
  },
  PROPERTY: { children: [], attributes: { NAME: 'any' }, text: true },
  TIME_ORDER: { children: ['TIME_SLOT*'], attributes: {} },
  TIME_SLOT: { children: [], attributes: { TIME_SLOT_ID: 'id!', TIME_VALUE: 'unsigned' } },
  TIER: {
    children: ['ANNOTATION*'],
    attributes: {
      TIER_ID: 'any!',
      LINGUISTIC_TYPE_REF: 'any!',
      PARTICIPANT: 'any',
      ANNOTATOR: 'any',
      PARENT_REF: 'any',
    },
  },
  ANNOTATION: { children: ['ALIGNABLE_ANNOTATION|REF_ANNOTATION'], attributes: {} },
  ALIGNABLE_ANNOTATION: {
    children: ['ANNOTATION_VALUE'],
    attributes: { ANNOTATION_ID: 'id!', TIME_SLOT_REF1: 'id!', TIME_SLOT_REF2: 'id!' },
  },
  REF_ANNOTATION: {
    children: ['ANNOTATION_VALUE'],
    attributes: { ANNOTATION_ID: 'id!', ANNOTATION_REF: 'id!', PREVIOUS_ANNOTATION: 'id', CVE_REF: 'any' },
  },
  ANNOTATION_VALUE: { children: [], attributes: {}, text: true },
  LANGUAGE: { children: [], attributes: { LANG_ID: 'id!', LANG_DEF: 'any', LANG_LABEL: 'any' } },
  CONSTRAINT: { children: [], attributes: { STEREOTYPE: 'any!', DESCRIPTION: 'any' } },
  CONTROLLED_VOCABULARY: { children: ['DESCRIPTION*', 'CV_ENTRY_ML*'], attributes: { CV_ID: 'any!' } },
  DESCRIPTION: { children: [], attributes: { LANG_REF: 'id!' }, text: true },
  CV_ENTRY_ML: { children: ['CVE_VALUE'], attributes: { CVE_ID: 'any!' } },
  CVE_VALUE: { children: [], attributes: { LANG_REF: 'id!', DESCRIPTION: 'any' }, text: true },
  LINGUISTIC_TYPE: {
    children: [],
    attributes: {
      LINGUISTIC_TYPE_ID: 'any!',
      TIME_ALIGNABLE: 'boolean',
      CONSTRAINTS: 'any',
      GRAPHIC_REFERENCES: 'boolean',
      CONTROLLED_VOCABULARY_REF: 'any',
    },
  },
};

function holdToRules(element: XmlElement): void {
  const rule = rules[element.name];
  expect(rule, element.name).toBeDefined();
  const { children, attributes, text } = rule!;
  const said = Object.entries(element.attributes).filter(([name]) => !/^xmlns|^xsi:/u.test(name));
  for (const [name, value] of said) {
    expect(attributes, `${element.name}/@${name}`).toHaveProperty(name);
    expect(value).toMatch(types[attributes[name]!.replace('!', '') as keyof typeof types]);
  }
  for (const [name, type] of Object.entries(attributes))
    if (type.endsWith('!')) expect(element.attributes, `${element.name}/@${name}`).toHaveProperty(name);
  const inside = element.children.filter((child) => child instanceof XmlElement);
  if (text !== true) {
    const words = element.children.map((child) => (child instanceof XmlText ? child.text : ''));
    expect(words.join('').trim()).toBe('');
  }
  const pattern = children.map((child) =>
    /[*?]$/u.test(child) ? `(${child.slice(0, -1)} )${child.at(-1)!}` : `(?:${child}) `,
  );
  expect(inside.map(({ name }) => `${name} `).join('')).toMatch(new RegExp(`^${pattern.join('')}$`, 'u'));
  for (const child of inside) holdToRules(child);
}

test('any project', () => {
  fc.assert(
    fc.property(annotationSets, (set) => {
      for (const { name, text } of (elan.write!(set) as WrittenFolder).files) {
        const document = readXml(text, 'ANNOTATION_DOCUMENT', name, 'an ELAN document');
        holdToRules(document);
        const slots = childrenOf(childAt(document, 'TIME_ORDER')!, 'TIME_SLOT').map(({ attributes }) => attributes);
        const tiers = childrenOf(document, 'TIER');
        const timed = tiers.filter((tier) => tier.attributes['PARENT_REF'] === undefined);
        const annotations = timed.map((tier) =>
          childrenOf(tier, 'ANNOTATION').map((one) => childAt(one, 'ALIGNABLE_ANNOTATION')!.attributes),
        );
        const below = tiers.filter((tier) => !timed.includes(tier));
        const referring = below.map((tier) =>
          childrenOf(tier, 'ANNOTATION').map((one) => childAt(one, 'REF_ANNOTATION')!.attributes),
        );
        const ids = [
          ...slots.map((slot) => slot['TIME_SLOT_ID']!),
          ...[...annotations, ...referring].flat().map((one) => one['ANNOTATION_ID']!),
        ];
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(tiers.map((tier) => tier.attributes['TIER_ID'])).size).toBe(tiers.length);
        const kinds = new Map(
          childrenOf(document, 'LINGUISTIC_TYPE').map((kind) => [
            kind.attributes['LINGUISTIC_TYPE_ID'],
            kind.attributes,
          ]),
        );
        expect(kinds.size).toBe(childrenOf(document, 'LINGUISTIC_TYPE').length);
        for (const tier of tiers) expect([...kinds.keys()]).toContain(tier.attributes['LINGUISTIC_TYPE_REF']);
        // A tier of values binds each of them to one annotation of the tier above, and a choice is one of its entries.
        const values = new Map(
          childrenOf(document, 'CONTROLLED_VOCABULARY').map((one) => [
            one.attributes['CV_ID'],
            childrenOf(one, 'CV_ENTRY_ML').map((entry) => childAt(entry, 'CVE_VALUE')!.text),
          ]),
        );
        const entries = childrenOf(document, 'CONTROLLED_VOCABULARY').flatMap((one) =>
          childrenOf(one, 'CV_ENTRY_ML').map((entry) => entry.attributes['CVE_ID']),
        );
        expect(new Set(entries).size).toBe(entries.length);
        for (const [at, tier] of below.entries()) {
          const kind = kinds.get(tier.attributes['LINGUISTIC_TYPE_REF'])!;
          expect(kind).toMatchObject({ CONSTRAINTS: 'Symbolic_Association', TIME_ALIGNABLE: 'false' });
          const above = timed.findIndex((one) => one.attributes['TIER_ID'] === tier.attributes['PARENT_REF']);
          expect(timed[above]?.attributes['PARTICIPANT']).toBe(tier.attributes['PARTICIPANT']);
          const refs = referring[at]!.map((one) => one['ANNOTATION_REF']);
          expect(new Set(refs).size).toBe(refs.length);
          expect(annotations[above]!.map((one) => one['ANNOTATION_ID'])).toEqual(expect.arrayContaining(refs));
          const vocabulary = kind['CONTROLLED_VOCABULARY_REF'];
          if (vocabulary !== undefined)
            for (const one of childrenOf(tier, 'ANNOTATION'))
              expect(values.get(vocabulary)).toContain(childAt(one, 'REF_ANNOTATION', 'ANNOTATION_VALUE')!.text);
        }

        const times = slots.map((slot) => Number(slot['TIME_VALUE']));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const timeOf = new Map(slots.map((slot, index) => [slot['TIME_SLOT_ID'], times[index]!]));
        for (const tier of annotations) {
          let free = 0;
          for (const one of tier) {
            const [start, end] = [timeOf.get(one['TIME_SLOT_REF1'])!, timeOf.get(one['TIME_SLOT_REF2'])!];
            expect(start).toBeGreaterThanOrEqual(free);
            expect(end).toBeGreaterThan(start);
            free = end;
          }
        }
      }
    }),
  );
});
