// Protects: each stretch in which a track shows is a segment, tags of frames in a row are one, and shapes alone are listed.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { cvat } from './cvat.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('tracks and tags', () => {
  const shape = (name: string, frame: number, outside: number) => `<${name} frame="${frame}" outside="${outside}"/>`;
  const text = `<annotations><meta><task><name>job</name></task><source>clip.mp4</source></meta>
    <track id="0" label="run &amp; jump">${shape('box', 3, 0)}${shape('box', 9, 1)}${shape('box', 20, 0)}</track>
    <track id="1" label="walk">${shape('polygon', 5, 1)}</track>
    <image id="4"><tag label="day"/></image><image id="5"><tag label="day"/></image><image id="7"><tag label="day"/></image>
    <image id="8"><box label="x"/></image></annotations>`;
  const read = cvat.read!(text, 'x.xml');
  expect(saidRows(read)).toEqual([
    ['clip.mp4', 'run & jump', '3f', '9f'],
    ['clip.mp4', 'run & jump', '20f', '21f'],
    ['clip.mp4', 'day', '4f', '6f'],
    ['clip.mp4', 'day', '7f', '8f'],
  ]);
  expect(inEnglish(read.faults.map(({ place }) => place))).toEqual(['track 1', 'image 8']);
});
