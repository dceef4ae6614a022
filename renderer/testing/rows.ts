import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { shownFactsOf } from '#preload/domain/shown-facts.ts';
import type { ProjectInfo } from '#preload/contract/projects.ts';
import type { Job } from '#preload/domain/job.ts';
import { projectSettings, type ProjectSettings } from '#preload/domain/settings.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Video } from '#preload/domain/video.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';

/** `count` videos of ten seconds, `clip 1.mp4` and on, with nothing on them yet. */
export const someVideos = (count: number): Video[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `clip ${index + 1}.mp4`,
    location: `/videos/clip ${index + 1}.mp4`,
    facts: shownFactsOf(filmFacts(250)),
    missing: false,
    playback: 'direct',
    embedded: true,
    counts: { proposed: 0, open: 0, accepted: 0, rejected: 0 },
    reviewedShare: 0,
    split: null,
    addedAt: index,
  }));

/** `count` classes, `action 1` and on. */
export const someClasses = (
  count: number,
): (ActionClass & { counts: { proposed: number; open: number; accepted: number } })[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `action ${index + 1}`,
    prompt: `action ${index + 1}`,
    colour: '#e69f00',
    digitKey: index < 9 ? index + 1 : null,
    position: index,
    removed: false,
    counts: { proposed: 0, open: 0, accepted: 0 },
  }));

/** A proposal of the first class in the first video, in its `id`-th second, but for what `over` says. */
export const someProposal = (id: number, over: Partial<Segment> = {}): Segment => ({
  id,
  videoId: 1,
  classId: 1,
  startUs: (id - 1) * 1_000_000,
  endUs: id * 1_000_000,
  state: 'proposed',
  score: 0.9,
  source: { kind: 'model', model: 'tiny-clip', version: 'zero-shot' },
  touched: false,
  ranking: [{ classId: 1, probability: 0.9 }],
  note: '',
  ...over,
});

/** `count` proposals, end to end. */
export const someProposals = (count: number): Segment[] =>
  Array.from({ length: count }, (_, index) => someProposal(index + 1));

/** A job that waits, but for what `over` says. */
export const someJob = (id: number, over: Partial<Job> = {}): Job => ({
  id,
  kind: 'import',
  title: `job ${id}`,
  videoId: null,
  state: 'queued',
  progress: 0,
  step: '',
  remainingS: null,
  failure: null,
  notes: [],
  createdAt: 0,
  finishedAt: null,
  ...over,
});

/** A project with a model chosen, unless `settings` say otherwise. */
export const someProject = (settings: Partial<ProjectSettings> = {}): ProjectInfo => ({
  name: 'project',
  location: '/project.cuepoint',
  readOnly: false,
  isSample: false,
  videoCount: 1,
  settings: { ...projectSettings.parse({}), model: 'tiny-clip', ...settings },
});
