// Pictures never take all connections: three at once, the latest wish first, given-up wishes cost nothing.
import { expect, test } from 'vitest';
import { pictureSlot } from './picture-slots.ts';

test('a fourth waits; the latest of those that wait comes first; one that gave up is passed over', async () => {
  const never = new AbortController().signal;
  const held = await Promise.all([pictureSlot(never), pictureSlot(never), pictureSlot(never)]);
  const order: string[] = [];
  const wait = (name: string, signal: AbortSignal) =>
    pictureSlot(signal).then(
      (release) => {
        order.push(name);
        return release;
      },
      () => undefined,
    );
  const gone = new AbortController();
  const early = wait('early', never);
  const gaveUp = wait('gave up', gone.signal);
  const late = wait('late', never);
  gone.abort();
  held[0]();
  held[0]();
  const lateRelease = await late;
  expect(order).toEqual(['late']);
  lateRelease!();
  const earlyRelease = await early;
  expect(order).toEqual(['late', 'early']);
  await gaveUp;
  earlyRelease!();
  held[1]();
  held[2]();
  const again = await Promise.all([pictureSlot(never), pictureSlot(never), pictureSlot(never)]);
  for (const release of again) release();
});
