// Lanes keep heavy work apart and let waiting work be cancelled.
import { describe, expect, it } from 'vitest';
import { Lane } from './lane.ts';

const never = new AbortController().signal;

describe('Lane', () => {
  it('runs at most its width at once, in order of arrival', async () => {
    const lane = new Lane(2);
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const started: number[] = [];
    const all = gates.map((gate, index) =>
      lane.run(never, async () => {
        started.push(index);
        await gate.promise;
        return index;
      }),
    );
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
    gates[1]!.resolve();
    await all[1];
    await Promise.resolve();
    expect(started).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
  });

  it('never starts what was cancelled while it waited, and passes its place on', async () => {
    const lane = new Lane(1);
    const first = Promise.withResolvers<void>();
    const cancel = new AbortController();
    const started: string[] = [];
    const a = lane.run(never, () => first.promise);
    const b = lane.run(cancel.signal, async () => void started.push('b'));
    const c = lane.run(never, async () => void started.push('c'));
    cancel.abort(new Error('enough'));
    await expect(b).rejects.toThrow('enough');
    first.resolve();
    await Promise.all([a, c]);
    expect(started).toEqual(['c']);
  });

  it('goes on after a failure', async () => {
    const lane = new Lane(1);
    await expect(lane.run(never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await lane.run(never, async () => 'fine')).toBe('fine');
  });
});
