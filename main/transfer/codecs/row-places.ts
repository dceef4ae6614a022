import { say, type Saying } from '#preload/domain/saying.ts';

// The numbers are names of places, not amounts: no language puts signs between their digits.

export const inLine = (line: number): Saying => say('line {{line}}', { line: String(line) });

export const inLineAndRow = (line: number, row: number): Saying =>
  say('line {{line}}, row {{row}}', { line: String(line), row: String(row) });
