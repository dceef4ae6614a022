import { usualHub } from '../models/hub-repository.ts';
import { speedHere } from '../models/machine-trial.ts';
import { freeBytes, modelLibrary, usualRevision } from '../models/model-library.ts';
import { computingHere } from '#preload/domain/inference-server.ts';
import type { ModelDownloadProgress, ModelEntry } from '#preload/domain/model.ts';
import type { Studio } from '../studio/studio.ts';
import { tryPlans } from '../jobs/try-plans.ts';
import { failingInWords, os } from './implementer.ts';

export const modelHandlers = (studio: Studio) =>
  os.models.router({
    list: os.models.list.handler(() => studio.models.list()),
    add: os.models.add.handler(async ({ input, signal }) => {
      const entry = await studio.models.add(studio.places.pathOf(input.place), signal);
      studio.changes.publish({ topic: 'models' });
      return entry;
    }),
    download: os.models.download.handler(({ input, signal }) => failingInWords(downloaded(studio, input, signal))),
    library: os.models.library.handler(async () => {
      const { home } = studio;
      const added = new Map(studio.models.list().map((entry) => [entry.folder, entry]));
      const machine = home.machineSpeed();
      return {
        models: modelLibrary.map((model) => {
          const entry = added.get(home.modelFolder(model.repository));
          return { ...model, added: entry?.name ?? null, speed: speedHere(model, entry, machine) };
        }),
        folder: home.modelsFolder,
        freeBytes: await freeBytes(home.modelsFolder),
        hub: usualHub().url,
      };
    }),
    measureMachine: os.models.measureMachine.handler(({ signal }) => studio.measureMachine(signal)),
    downloads: os.models.downloads.handler(() => studio.downloads.list()),
    startDownload: os.models.startDownload.handler(({ input }) =>
      studio.downloads.start(input.repository, input.revision ?? usualRevision(input.repository)),
    ),
    pauseDownload: os.models.pauseDownload.handler(({ input }) => studio.downloads.pause(input.repository)),
    discardDownload: os.models.discardDownload.handler(({ input }) => studio.downloads.discard(input.repository)),
    tryOut: os.models.tryOut.handler(({ input, signal }) => studio.tryOut(input.name, signal)),
    tryServer: os.models.tryServer.handler(({ signal }) => studio.tryServer(signal)),
    tryPlans: os.models.tryPlans.handler(({ signal }) => failingInWords(tryPlans(studio.work(), signal))),
    keptPlan: os.models.keptPlan.handler(() => {
      const project = studio.openedProject;
      const model = project?.settings.model ?? null;
      return project === null || model === null ? null : project.keptPlan(model);
    }),
    planReport: os.models.planReport.handler(() => studio.openedProject?.planReport() ?? null),
    remove: os.models.remove.handler(({ input }) => {
      studio.models.remove(input.name);
      studio.changes.publish({ topic: 'models' });
    }),
    check: os.models.check.handler(async ({ input, signal }) => {
      const { folder } = studio.models.get(input.name);
      const provider = computingHere(studio.home.computing());
      const checked = await studio.engine.run(
        'checkModel',
        { folder, provider },
        signal === undefined ? {} : { signal },
      );
      studio.noteProvider(checked.provider);
      return { ...checked, tensors: { ...checked.tensors } };
    }),
  });

async function* downloaded(
  studio: Studio,
  {
    repository,
    revision = usualRevision(repository),
  }: { readonly repository: string; readonly revision?: string | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<ModelDownloadProgress, ModelEntry, void> {
  const entry = yield* studio.models.download({ repository, revision }, signal);
  studio.changes.publish({ topic: 'models' });
  return entry;
}
