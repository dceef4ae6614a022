import { availableParallelism } from 'node:os';

/** How many threads encode pictures in whole numbers at once, each on its share of the processors. */
export const laneCount = Math.min(2, availableParallelism());

/** Processors of each. */
export const processorsPerLane = Math.floor(availableParallelism() / laneCount);
