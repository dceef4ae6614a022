import { join } from 'node:path';
import { refusePathInName } from '../project/file-names.ts';
import { collectResults } from '../shards/collect-results.ts';
import { writePlan } from '../shards/write-plan.ts';
import type { Studio } from '../studio/studio.ts';
import { failingInWords, os } from './implementer.ts';

export const shardHandlers = (studio: Studio) =>
  os.shards.router({
    plan: os.shards.plan.handler(async ({ input }) => {
      refusePathInName(input.folderName);
      const project = studio.project();
      const speed = studio.models.list().find(({ name }) => name === project.settings.model)?.speed;
      return writePlan(project, studio.engine, {
        folder: join(await studio.places.folderToWrite(input.place), input.folderName),
        shards: input.shards,
        provider: input.provider,
        framesPerSecond: speed?.framesPerSecond ?? null,
      });
    }),

    collect: os.shards.collect.handler(({ input, signal }) =>
      failingInWords(collectResults(studio.project(), studio.engine, studio.places.pathOf(input.place), signal)),
    ),
  });
