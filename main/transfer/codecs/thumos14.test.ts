// Protects: THUMOS'14's files name their class, whatever letters it has, and a bad line is listed by its number.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { thumos14 } from './thumos14.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('a file of one class is read with its subset', () => {
  const read = thumos14.read!(
    'video_validation_0000266  72.8 76.4\r\nvideo_validation_0000681  44.0  50.9 \r\nmy film 1 2\nnothing\n',
    'annotation/BaseballPitch_val.txt',
  );
  expect(saidRows(read)).toEqual([
    ['video_validation_0000266', 'BaseballPitch', 72.8, 76.4],
    ['video_validation_0000681', 'BaseballPitch', 44, 50.9],
    ['my film', 'BaseballPitch', 1, 2],
  ]);
  expect(read.videos[0]!.subset).toBe('validation');
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'line 4' }]);
});

test.each(['../../etc/passwd', 'a/b', '50%', 'con:', '.hidden', 'ends.', 'x_val', '跳高'])(
  'a class named %s keeps its name and stays in the folder',
  (name) => {
    const { files } = thumos14.write!({
      videos: [],
      classes: [{ id: 1, name }],
      segments: [],
    } as never) as { files: readonly { name: string }[] };
    expect(files[0]!.name).not.toMatch(/[/\\:]|^\./u);
    expect(thumos14.read!('v 1 2\n', files[0]!.name).classes).toEqual([{ name }]);
  },
);
