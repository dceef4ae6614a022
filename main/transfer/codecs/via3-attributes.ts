import type { Segment } from '#preload/domain/segment.ts';
import type { AnnotationSet } from '../annotation-set.ts';
import { definitionOf, valuesOf as saidValues } from '../said-details.ts';

/** The attribute that holds the class of a segment. */
export const classAttributeId = '1';

/** VIA's kinds of input. */
const inputs = { text: 1, checkbox: 2, select: 4 } as const;

interface Detail {
  readonly name: string;
  readonly desc: string;
  readonly input: keyof typeof inputs;
  readonly options: Readonly<Record<string, string>>;
  /** What it is for, by which a project of ours is read. */
  readonly cuepoint: object;
  /** As VIA keeps it: the key of an option, or a text. */
  readonly valueOf: (segment: Segment) => string | undefined;
}

/**
 * The attributes of a VIA project: one whose options are the classes, one for each attribute of ours, and one for who
 * acts and one for doubt where a segment says so. `valuesOf` are a segment's own, without its class, by attribute.
 */
export function viaAttributes({
  classes,
  attributes,
  segments,
}: Pick<AnnotationSet, 'classes' | 'attributes' | 'segments'>): {
  readonly attribute: Readonly<Record<string, object>>;
  readonly valuesOf: (segment: Segment) => Readonly<Record<string, string>>;
} {
  const details: Detail[] = [
    {
      name: 'action',
      desc: 'The action that a segment shows',
      input: 'select',
      options: numbered(classes.map(({ name }) => name)),
      cuepoint: { says: 'class' },
      // Its place in the list, which whoever writes segments knows.
      valueOf: () => undefined,
    },
    ...attributes.map((one): Detail => {
      const isChoice = one.kind === 'choice';
      return {
        name: one.name,
        desc: '',
        input: isChoice ? 'select' : 'text',
        options: isChoice ? numbered(one.options) : {},
        cuepoint: { says: 'attribute', definition: definitionOf(one, classes) },
        valueOf: (segment) => {
          const value = saidValues(segment, [one])?.[one.name];
          if (value === undefined) return undefined;
          const place = isChoice ? one.options.indexOf(String(value)) : -1;
          return place < 0 ? String(value) : String(place);
        },
      };
    }),
  ];
  if (segments.some(({ subject }) => subject !== undefined))
    details.push({
      name: 'subject',
      desc: 'Who acts',
      input: 'text',
      options: {},
      cuepoint: { says: 'subject' },
      valueOf: ({ subject }) => subject,
    });
  if (segments.some(({ ambiguous }) => ambiguous))
    details.push({
      name: 'ambiguous',
      desc: 'Whether it can be told what a segment shows',
      input: 'checkbox',
      options: { yes: 'yes' },
      cuepoint: { says: 'ambiguous' },
      valueOf: ({ ambiguous }) => (ambiguous ? 'yes' : undefined),
    });
  const byId = details.map((detail, index) => [String(Number(classAttributeId) + index), detail] as const);
  return {
    attribute: Object.fromEntries(
      byId.map(([id, { name, input, desc, options, cuepoint }]) => [
        id,
        {
          aname: name,
          anchor_id: 'FILE1_Z2_XY0',
          type: inputs[input],
          desc,
          options,
          default_option_id: '',
          cuepoint,
        },
      ]),
    ),
    valuesOf: (segment) =>
      Object.fromEntries(
        byId.flatMap(([id, { valueOf }]) => {
          const value = valueOf(segment);
          return value === undefined ? [] : [[id, value] as const];
        }),
      ),
  };
}

const numbered = (options: readonly string[]): Record<string, string> =>
  Object.fromEntries(options.map((option, index) => [String(index), option]));
