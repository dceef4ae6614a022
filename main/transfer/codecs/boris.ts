import { say, type Saying } from '#preload/domain/saying.ts';
import { z } from 'zod';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { pairEvents } from './event-pairs.ts';
import { subjectIn } from './boris-words.ts';
import { heldSegments, lanesOf } from './held-segments.ts';
import { checkedJson, readJson } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';

export const boris: Format = {
  id: 'boris',
  name: 'BORIS project',
  extensions: ['boris'],
  description:
    'A project of BORIS with an observation per video; a state event is a segment, and a segment that overlaps another of its class has a subject of its own.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'notes', 'classes without segments'],
  read,
  write,
};

const format = say('a BORIS project');
const text = z.string().nullish();
const project = z.looseObject({
  behaviors_conf: z.record(z.string(), z.looseObject({ code: z.string(), type: z.string() })),
  observations: z.record(z.string(), z.unknown()),
});
const observation = z.looseObject({
  /** By player: what plays one after the other. */
  file: z.union([z.record(z.string(), z.array(z.string())), z.array(z.unknown()).transform(() => ({}))]).default({}),
  events: z.array(z.unknown()).default([]),
  media_info: z.looseObject({ length: z.record(z.string(), z.number()).default({}) }).nullish(),
});
const event = z.tuple([z.number(), text, z.string(), text, text]).rest(z.unknown());

type Observation = z.infer<typeof observation>;

function read(content: string, file: string): ImportedAnnotations {
  const { behaviors_conf: behaviors, observations } = checkedJson(
    readJson(content, file, format),
    project,
    file,
    format,
  );
  const states = new Set(Object.values(behaviors).flatMap(({ code, type }) => (/^state/iu.test(type) ? [code] : [])));
  const rows = new SegmentRows('boris');
  for (const code of states) rows.label(code);
  for (const [name, value] of Object.entries(observations)) {
    const place = say('observation {{name}}', { name });
    const told = rows.checks.read(observation, value, { place });
    if (told !== null) readObservation(told, place, states, rows);
  }
  return rows.done(file, format);
}

/** Times count from the start of the first medium of the first player. */
function readObservation(told: Observation, where: Saying, states: ReadonlySet<string>, rows: SegmentRows): void {
  const media = (told.file as Record<string, string[]>)['1'] ?? [];
  const events = told.events.flatMap((value, index) => {
    const place = say('event {{index}} of {{where}}', { index: String(index + 1), where });
    const one = rows.checks.read(event, value, { place });
    if (one === null) return [];
    const [timeS, subject, code, modifiers, comment] = one;
    if (media.length === 0) rows.refuse(place, say('an observation without a video has nothing to label'));
    else if (states.has(code))
      return [
        {
          place,
          key: JSON.stringify([code, subject, modifiers]),
          code,
          timeS,
          comment: comment ?? '',
          subject: subject ?? '',
        },
      ];
    else rows.refuse(place, say('a point event has no length'));
    return [];
  });
  for (const video of media) rows.video(video);
  const codeOf = new Map(events.map(({ key, code }) => [key, code]));
  const { pairs, open } = pairEvents(events);
  for (const { place } of open) rows.refuse(place, say('a state that begins must end'));
  for (const { start, end } of pairs) {
    const at = mediumAt(start.timeS, media, told);
    const endS = end.timeS - at.fromS;
    if (endS > at.lengthS + 1) rows.refuse(start.place, say('a segment must end in the video in which it starts'));
    else
      rows.add({
        place: start.place,
        video: at.video,
        label: codeOf.get(start.key)!,
        startS: start.timeS - at.fromS,
        endS,
        note: start.comment,
        subject: ourLane.test(start.subject ?? '') ? undefined : subjectIn(start.subject ?? ''),
      });
  }
}

function mediumAt(timeS: number, media: readonly string[], { media_info }: Observation) {
  let fromS = 0;
  for (const [index, video] of media.entries()) {
    const lengthS = media_info?.length[video] ?? Infinity;
    if (timeS < fromS + lengthS || index === media.length - 1) return { video, fromS, lengthS };
    fromS += lengthS;
  }
  throw new RangeError('an observation has media');
}

function write(set: AnnotationSet): Written {
  const { videos, warnings } = heldSegments(set);
  let lanes = 1;
  const observations = videos.map(({ name, video: { facts }, segments }) => {
    const events = [...Map.groupBy(segments, ({ labelId }) => labelId).values()].flatMap((own) =>
      lanesOf(own).flatMap((lane, index) => {
        lanes = Math.max(lanes, index + 1);
        return lane.flatMap(({ startUs, endUs, label, note }) => [
          [secondsOf(startUs), subjectOf(index), label, '', note] as const,
          [secondsOf(endUs), subjectOf(index), label, '', ''] as const,
        ]);
      }),
    );
    return [
      name,
      {
        file: { 1: [name], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [], 8: [] },
        type: 'MEDIA',
        date: '1970-01-01T00:00:00',
        description: '',
        'time offset': 0,
        events: events.toSorted((a, b) => a[0] - b[0]),
        independent_variables: {},
        media_info: {
          length: { [name]: secondsOf(facts.endUs) },
          fps: { [name]: facts.averageFps },
          hasVideo: { [name]: true },
          hasAudio: { [name]: false },
          offset: { 1: 0 },
        },
        visualize_spectrogram: false,
        visualize_waveform: false,
        close_behaviors_between_videos: false,
      },
    ] as const;
  });
  const subjects = Array.from({ length: lanes - 1 }, (_, index) => [
    String(index),
    { key: '', name: subjectOf(index + 1), description: 'Segments that overlap others of their class' },
  ]);
  const document = {
    time_format: 'hh:mm:ss',
    project_date: '1970-01-01T00:00:00',
    project_name: 'Cuepoint',
    project_description: '',
    project_format_version: '7.0',
    subjects_conf: Object.fromEntries(subjects),
    behaviors_conf: Object.fromEntries(
      set.classes.map(({ name, digitKey }, index) => [
        String(index),
        {
          type: 'State event',
          key: digitKey === null ? '' : String(digitKey),
          code: name,
          description: '',
          category: '',
          modifiers: {},
          excluded: '',
          'coding map': '',
        },
      ]),
    ),
    behavioral_categories: [],
    independent_variables: {},
    coding_map: {},
    behaviors_coding_map: [],
    converters: {},
    observations: Object.fromEntries(observations),
  };
  return { text: `${JSON.stringify(document, null, 1)}\n`, warnings };
}

const ourLane = /^overlap \d+$/u;

/** Nobody is the subject of the first row of a class. */
const subjectOf = (lane: number): string => (lane === 0 ? '' : `overlap ${lane + 1}`);
