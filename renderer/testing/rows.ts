import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import type { ProjectInfo } from '#preload/contract/projects.ts';
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
    checksum: 'ab'.repeat(32),
    facts: filmFacts(250),
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

/** `count` proposals of the first class in the first video, one second each, end to end. */
export const someProposals = (count: number): Segment[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    videoId: 1,
    classId: 1,
    startUs: index * 1_000_000,
    endUs: (index + 1) * 1_000_000,
    state: 'proposed',
    score: 0.9,
    source: { kind: 'model', model: 'tiny-clip', version: 'zero-shot' },
    touched: false,
    ranking: [{ classId: 1, probability: 0.9 }],
    note: '',
  }));

/** A project with a model chosen, unless `settings` say otherwise. */
export const someProject = (settings: Partial<ProjectSettings> = {}): ProjectInfo => ({
  name: 'project',
  location: '/project.cuepoint',
  readOnly: false,
  isSample: false,
  videoCount: 1,
  settings: { ...projectSettings.parse({}), model: 'tiny-clip', ...settings },
});
