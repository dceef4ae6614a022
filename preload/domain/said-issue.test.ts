// Protects: what zod says is told as a sentence with values, in its own English, and never taken for another.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rule, saidFault, saidIssue } from './said-issue.ts';
import { english, say } from './saying.ts';

const issueOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error!.issues[0]!;

describe('zod’s own words', () => {
  test.each<[z.ZodType, unknown, string]>([
    [z.number(), 'one', 'Invalid input: expected {{expected}}, received {{received}}'],
    [z.literal('mean'), 'sum', 'Invalid input: expected {{expected}}'],
    [z.union([z.literal(1), z.literal(2)]), 3, 'Invalid input'],
    [z.enum(['a', 'b']), 'c', 'Invalid option: expected one of {{options}}'],
    [z.array(z.int()).max(2), [1, 2, 3], 'Too big: expected {{what}} to have {{limit}} {{unit}}'],
    [z.number().max(2), 3, 'Too big: expected {{what}} to be {{limit}}'],
    [z.string().min(2), 'a', 'Too small: expected {{what}} to have {{limit}} {{unit}}'],
    [z.number().positive(), 0, 'Too small: expected {{what}} to be {{limit}}'],
    [z.string().startsWith('a'), 'b', 'Invalid string: must start with {{prefix}}'],
    [z.string().regex(/^a$/u), 'b', 'Invalid string: must match pattern {{pattern}}'],
    [z.number().multipleOf(3), 4, 'Invalid number: must be a multiple of {{divisor}}'],
    [z.strictObject({}), { a: 1 }, 'Unrecognized key: {{keys}}'],
    [z.strictObject({}), { a: 1, b: 2 }, 'Unrecognized keys: {{keys}}'],
    [z.record(z.string().min(2), z.int()), { a: 1 }, 'Invalid key in {{where}}'],
    [z.url(), 'a', 'Invalid {{format}}'],
  ])('%#: %s', (schema, value, sentence) => {
    const issue = issueOf(schema, value);
    expect(saidFault(issue).sentence).toBe(sentence);
    expect(english(saidFault(issue))).toBe(issue.message);
  });
});

test('where the value stands comes first', () => {
  const issue = issueOf(z.object({ spans: z.array(z.object({ endUs: z.int() })) }), { spans: [{ endUs: 'late' }] });
  expect(english(saidIssue(issue))).toBe('spans.0.endUs: Invalid input: expected number, received string');
});

test('a schema’s own rule is its sentence, with its values where it has some', () => {
  const needed = issueOf(z.string({ error: english(say('a class name is needed')) }), 1);
  expect(saidFault(needed)).toEqual(say('a class name is needed'));
  const even = say('{{count}} is odd', { count: 3 });
  expect(
    saidFault(
      issueOf(
        z.int().refine((count) => count % 2 === 0, rule(even)),
        3,
      ),
    ),
  ).toEqual(even);
});
