import { seededRandom } from '../random/seeded-random.ts';
import { dealLongestFirst } from './longest-first.ts';

/**
 * Deals videos to annotators: a share of all seconds, `overlap`, goes to everybody, the rest to one each, so that all have
 * about as many seconds. The same videos and seed give the same hands.
 * @param seconds of each video
 * @returns indices of videos for each annotator, in order
 */
export function dealWork(seconds: readonly number[], annotators: number, overlap: number, seed: number): number[][] {
  const order = shuffled(seconds.length, seed);
  const total = seconds.reduce((sum, each) => sum + each, 0);
  const everybodys: number[] = [];
  let shared = 0;
  const rest: number[] = [];
  for (const video of order) {
    // A video more is shared as long as that comes nearer to the share that is wanted.
    const isShared =
      overlap > 0 && Math.abs(shared + seconds[video]! - overlap * total) <= Math.abs(shared - overlap * total);
    if (!isShared || shared >= overlap * total) rest.push(video);
    else {
      shared += seconds[video]!;
      everybodys.push(video);
    }
  }
  if (overlap > 0 && shared === 0 && rest.length > 0) {
    const [shortest] = rest.toSorted((a, b) => seconds[a]! - seconds[b]!);
    rest.splice(rest.indexOf(shortest!), 1);
    everybodys.push(shortest!);
  }
  const dealt = dealLongestFirst(
    rest.map((video) => seconds[video]!),
    annotators,
  );
  return dealt.map((hand) => [...everybodys, ...hand.map((at) => rest[at]!)].toSorted((a, b) => a - b));
}

/** The numbers below `count` in an order that the seed decides (Fisher and Yates). */
function shuffled(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const at = random.below(last + 1);
    [order[last], order[at]] = [order[at]!, order[last]!];
  }
  return order;
}
