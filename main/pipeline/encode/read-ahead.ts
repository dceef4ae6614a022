/**
 * The items of `source` in their order, with up to `ahead` more of them in the making while the consumer is busy with
 * one. A consumer that stops early ends the source too.
 *
 * @param source an async generator: these answer overlapping requests one after another.
 */
export async function* readAhead<Item>(source: AsyncGenerator<Item, void>, ahead: number): AsyncGenerator<Item, void> {
  const asked: Promise<IteratorResult<Item, void>>[] = [];
  const ask = () => {
    const next = source.next();
    // Its failure is met when its turn comes; until then it is not unhandled.
    next.catch(() => undefined);
    asked.push(next);
  };
  try {
    for (let count = 0; count < ahead; count += 1) ask();
    for (;;) {
      ask();
      const item = await asked.shift()!;
      if (item.done) return;
      yield item.value;
    }
  } finally {
    await source.return();
  }
}
