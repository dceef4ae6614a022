import type { Bench, BenchContext, BenchRow } from '../bench-case.ts';
import { memoryRows } from '../pipeline-memory.ts';
import { throughputRows } from '../pipeline-throughput.ts';

/** Frames to features: how fast each stage is, what the pipeline costs on top of the encoder, and that memory is bounded. */
export const pipelineBench: Bench = {
  name: 'pipeline',
  async run(context: BenchContext): Promise<BenchRow[]> {
    return [...(await throughputRows(context)), ...(await memoryRows(context))];
  },
};
