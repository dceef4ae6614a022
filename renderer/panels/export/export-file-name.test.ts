// A proposed file name is one that every file system takes.
import { expect, test } from 'vitest';
import { exportFileName } from './export-file-name.ts';

test.each([
  ['Sports day', 'json', 'Sports day.json'],
  ['a/b: "c"?', '.json', 'a-b- -c-.json'],
  ['跳高.cuepoint', 'csv', '跳高.csv'],
  ['', 'json', 'annotations.json'],
  ['Sports day.cuepoint', null, 'Sports day'],
])('%j', (name, extension, expected) => expect(exportFileName(name, extension)).toBe(expected));
