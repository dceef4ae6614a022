// Protects: whatever a client may send has an end: each text a length, each number a range, each list a count.
import { isContractProcedure } from '@orpc/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '#preload/contract/contract.ts';
import { exportOptions } from '#preload/contract/work.ts';

/** The input of every call, by its path in the contract; null where it takes none. */
function inputsOf(router: object, path: readonly string[] = []): [string, z.ZodType | null][] {
  return Object.entries(router).flatMap(([name, part]): [string, z.ZodType | null][] =>
    isContractProcedure(part)
      ? [[[...path, name].join('.'), (part['~orpc'].inputSchema as z.ZodType | undefined) ?? null]]
      : inputsOf(part as object, [...path, name]),
  );
}

/** What a JSON schema says of a value, as far as it matters here. */
interface Described {
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly anyOf?: readonly Described[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described | boolean;
  readonly propertyNames?: Described;
  readonly items?: Described;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** Where in what may be sent something has no end. */
function endless(value: Described, place: string): string[] {
  const unless = (isBounded: boolean): string[] => (isBounded ? [] : [place]);
  if (value.enum !== undefined || value.const !== undefined) return [];
  if (value.anyOf !== undefined) return value.anyOf.flatMap((one) => endless(one, place));
  switch (value.type) {
    case 'boolean':
    case 'null':
      return [];
    case 'string':
      return unless(value.maxLength !== undefined);
    case 'integer':
    case 'number':
      return unless(value.maximum !== undefined && (value.minimum ?? value.exclusiveMinimum) !== undefined);
    case 'array':
      return [...unless(value.maxItems !== undefined), ...endless(value.items ?? {}, `${place}[]`)];
    case 'object': {
      const named = Object.entries(value.properties ?? {}).flatMap(([name, one]) => endless(one, `${place}.${name}`));
      if (typeof value.additionalProperties !== 'object') return named;
      const others = [value.propertyNames ?? {}, value.additionalProperties];
      const free = others.flatMap((one) => endless(one, `${place}{}`));
      return [...named, ...unless(value.maxProperties !== undefined), ...free];
    }
    default:
      return [`${place} (${value.type ?? 'anything'})`];
  }
}

const described = (schema: z.ZodType): Described =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Described;

test('every input of the contract is bounded throughout', () => {
  const inputs = inputsOf(contract);
  expect(inputs.length).toBeGreaterThan(60);
  expect(inputs.flatMap(([path, schema]) => (schema === null ? [] : endless(described(schema), path)))).toEqual([]);
});

test('what has no end is found wherever it stands', () => {
  const schema = z.object({
    a: z.string(),
    b: z.array(z.number().min(0)).max(2).default([]),
    c: z.union([z.literal('x'), z.object({ d: z.array(z.int()).nullable() })]).optional(),
    e: z.record(z.string().max(3), z.boolean()),
    f: z.any(),
  });
  expect(endless(described(schema), '')).toEqual(['.a', '.b[]', '.c.d', '.e', '.f (anything)']);
});

test('options of a format are counted', () => {
  const options = (count: number) => ({
    formatOptions: Object.fromEntries(Array.from({ length: count }, (_, index) => [`o${index}`, 'x'])),
  });
  expect(exportOptions.safeParse(options(100)).success).toBe(true);
  expect(exportOptions.safeParse(options(101)).success).toBe(false);
});
