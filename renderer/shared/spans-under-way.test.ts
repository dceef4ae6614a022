// Protects what is on screen between letting go of an edge and the backend's answer.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Segment } from '#preload/domain/segment.ts';
import { someProposal } from '../testing/rows.ts';
import { withChanges } from '../backend/segment-order.ts';
import { changesUnderWay, forgetConfirmed, useSpansUnderWay, type SentSpan } from './spans-under-way.ts';

const segment = (id: number, startUs: number, endUs: number): Segment => someProposal(id, { startUs, endUs });

const withSentSpans = (listed: readonly Segment[], videoId: number, all: readonly SentSpan[]): readonly Segment[] =>
  withChanges(listed, changesUnderWay(listed, videoId, all));

const sent = (segmentId: number, startUs: number, endUs: number, videoId = 1): SentSpan => ({
  segmentId,
  videoId,
  classId: 1,
  span: { startUs, endUs },
});

describe('spans under way', () => {
  const listed = [segment(1, 0, 10), segment(2, 20, 30)];

  beforeEach(() => useSpansUnderWay.setState({ sent: [] }));

  it('lie over the list until it says the same', () => {
    expect(withSentSpans(listed, 1, [sent(2, 25, 30)]).map(({ startUs }) => startUs)).toEqual([0, 25]);
    expect(withSentSpans([segment(1, 0, 10), segment(2, 25, 30)], 1, [sent(2, 25, 30)])).toHaveLength(2);
  });

  it('show a new segment before it has an id', () => {
    const shown = withSentSpans(listed, 1, [sent(-1, 40, 50)]);
    expect(shown.map(({ id }) => id)).toEqual([1, 2, -1]);
    expect(shown[2]).toMatchObject({ state: 'accepted', source: { kind: 'human' }, startUs: 40, endUs: 50 });
  });

  it('of another video or of a deleted segment change nothing', () => {
    expect(withSentSpans(listed, 1, [sent(2, 25, 30, 7), sent(9, 1, 2)])).toBe(listed);
  });

  it('are forgotten once confirmed, so that an undo right after is not hidden', () => {
    useSpansUnderWay.setState({ sent: [sent(2, 25, 30), sent(1, 5, 10)] });
    forgetConfirmed([segment(1, 0, 10), segment(2, 25, 30)], 1);
    expect(useSpansUnderWay.getState().sent).toEqual([sent(1, 5, 10)]);
    expect(withSentSpans(listed, 1, useSpansUnderWay.getState().sent).map(({ startUs }) => startUs)).toEqual([5, 20]);
  });
});
