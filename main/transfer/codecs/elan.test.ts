// Protects: ELAN documents are read with their own video and times, and a hostile one neither expands nor reaches out.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { elan } from './elan.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const documentWith = (inside: string, before = '') =>
  `<?xml version="1.0"?>${before}<ANNOTATION_DOCUMENT AUTHOR=""><HEADER><MEDIA_DESCRIPTOR MEDIA_URL="file:///lab/one%20clip.wav" MIME_TYPE="audio/x-wav"/><MEDIA_DESCRIPTOR MEDIA_URL="file:///lab/one%20clip.mp4" MIME_TYPE="video/mp4"/></HEADER><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="b"/><TIME_SLOT TIME_SLOT_ID="c" TIME_VALUE="2250"/></TIME_ORDER>${inside}</ANNOTATION_DOCUMENT>`;
const aligned = (id: string, from: string, to: string, value: string) =>
  `<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="${id}" TIME_SLOT_REF1="${from}" TIME_SLOT_REF2="${to}"><ANNOTATION_VALUE>${value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>`;

test('aligned annotations are segments, the others are listed', () => {
  const referring =
    '<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a1"><ANNOTATION_VALUE>x</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>';
  const read = elan.read!(
    documentWith(
      `<TIER TIER_ID="actions">${aligned('a1', 'a', 'c', 'cut &amp; paste')}${aligned('a2', 'a', 'b', 'run')}${aligned('a3', 'a', 'c', '')}${referring}</TIER>`,
    ),
    'labels.eaf',
  );
  expect(saidRows(read)).toEqual([
    ['/lab/one clip.mp4', 'cut & paste', 1.5, 2.25],
    ['/lab/one clip.mp4', 'actions', 1.5, 2.25],
  ]);
  expect(inEnglish(read.faults)).toEqual([
    expect.objectContaining({ place: 'annotation a2 of tier actions', reason: 'the file does not say its time' }),
    expect.objectContaining({ place: 'annotation a4 of tier actions' }),
  ]);
});

test('who acts is the participant, or stands behind the name of the tier; tiers of one value each say more', () => {
  const said = (id: string, of: string, value: string) =>
    `<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="${id}" ANNOTATION_REF="${of}"><ANNOTATION_VALUE>${value}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>`;
  const read = elan.read!(
    documentWith(
      `<TIER TIER_ID="gesture@A" PARTICIPANT=" Anna " LINGUISTIC_TYPE_REF="g">${aligned('a1', 'a', 'c', 'wave')}</TIER>
       <TIER TIER_ID="gesture@Ben" LINGUISTIC_TYPE_REF="g">${aligned('a2', 'a', 'c', '')}</TIER>
       <TIER TIER_ID="hand@A" PARENT_REF="gesture@A" LINGUISTIC_TYPE_REF="h">${said('a3', 'a1', 'left')}</TIER>
       <TIER TIER_ID="words" PARENT_REF="gesture@A" LINGUISTIC_TYPE_REF="w">${said('a4', 'a1', 'hello')}</TIER>
       <TIER TIER_ID="gloss" PARENT_REF="words" LINGUISTIC_TYPE_REF="h">${said('a5', 'a4', 'greeting')}</TIER>
       <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="g" TIME_ALIGNABLE="true"/>
       <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="h" CONSTRAINTS="Symbolic_Association"/>
       <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="w" CONSTRAINTS="Symbolic_Subdivision"/>`,
    ),
    'labels.eaf',
  );
  expect(read.segments).toEqual([
    expect.objectContaining({ class: 0, subject: 'Anna', values: { hand: 'left' } }),
    expect.objectContaining({ class: 1, subject: 'Ben' }),
  ]);
  expect(read.classes.map(({ name }) => name)).toEqual(['wave', 'gesture']);
  expect(inEnglish(read.faults.map(({ place }) => place))).toEqual([
    'annotation a4 of tier words',
    'annotation a5 of tier gloss',
  ]);
});

test('a medium may begin before the document does', () => {
  const text = documentWith(`<TIER TIER_ID="actions">${aligned('a1', 'a', 'c', 'run')}</TIER>`);
  const read = elan.read!(text.replace('MIME_TYPE="video/mp4"', '$& TIME_ORIGIN="4000"'), 'labels.eaf');
  expect(saidRows(read)).toEqual([['/lab/one clip.mp4', 'run', 5.5, 6.25]]);
});

test.each([
  [
    'an entity of its own',
    documentWith('<TIER TIER_ID="&bomb;"/>', '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY bomb "&b;&b;">]>'),
  ],
  [
    'an entity from outside',
    documentWith('<TIER TIER_ID="&f;"/>', '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
  ],
  ['a hundred thousand levels', documentWith('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
  ['no end', '<ANNOTATION_DOCUMENT>'],
  ['another root', '<annotations/>'],
  ['no XML', 'hello'],
])('with %s it is refused', (_what, text) => {
  expect(() => elan.read!(text, 'x.eaf')).toThrow(
    expect.objectContaining({
      code: 'unreadable-annotations',
      message: expect.stringMatching(/^x\.eaf is not an ELAN/u),
    }),
  );
});
