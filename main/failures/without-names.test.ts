// Protects: what a person copies for a bug report says nothing of whose machine or videos it is about.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutNames } from './without-names.ts';

test.each([
  ['cannot read /home/ana/Videos/a.mp4: no space', 'cannot read <path>: no space'],
  [String.raw`C:\Users\ana\x.mp4 is gone`, '<path> is gone'],
  ['at f (file:///home/ana/my work/app.js:10:3)', 'at f (<path>)'],
  ['“/media/disk one/ward 7.mp4” is damaged', '“<path>” is damaged'],
  ['~/clips/a.mp4, and/or 1/2', '<path>, and/or 1/2'],
  [String.raw`\\server\share\a.mp4 is on another machine`, '<path> is on another machine'],
  ['/media/disk one/ward 7.mp4 is damaged', '<path>'],
  ['no room in /home/ana/My Project', 'no room in <path>'],
  ['at file:///home/ana/my work/app.js:10:3', 'at <path>'],
  [String.raw`D:\Dr. Berg\ward.mp4 copy.mp4 is gone`, '<path>'],
  ['https://example.org/a/b answered 404', '<path> answered 404'],
  ['cannot read /data/clips: no space', 'cannot read <path>: no space'],
])('%s', (text, hidden) => {
  expect(withoutNames(text, [])).toBe(hidden);
});

test('names go wherever they stand, longer ones first', () => {
  expect(withoutNames('ward 7.mp4 of ward 7, ana', ['ward 7', 'ward 7.mp4', 'ana'])).toBe('<name> of <name>, <name>');
});

test('no name of three characters or more is left, whatever surrounds it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{3,12}$/), fc.string(), fc.string(), (name, before, behind) => {
      fc.pre(!'<name><path>'.includes(name));
      return !withoutNames(`${before}${name}${behind}`, [name]).includes(name);
    }),
  );
});

test('no word of a path with spaces is left, whatever the line says behind it', () => {
  const word = fc.stringMatching(/^[a-z]{4,9}$/);
  const folder = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(folder, { minLength: 1, maxLength: 3 }), word, (folders, file) => {
      const hidden = withoutNames(`cannot read /${folders.join('/')}/${file}.mp4 as a video`, []);
      const words = [...folders.flatMap((each) => each.split(' ')), file];
      fc.pre(!words.some((each) => 'cannot read <path> as a video'.includes(each)));
      expect(words.filter((each) => hidden.includes(each))).toEqual([]);
    }),
  );
});
