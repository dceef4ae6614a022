import { exportCorrections } from '../jobs/export-corrections.ts';
import { exportVersion, importVersion } from '../project/version-files.ts';
import type { HashOfModel } from '../project/version-files.ts';
import { goBack, makeLive, removeVersion, toldVersion, versionOf, versionsChanged } from '../project/versions.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const versionHandlers = (studio: Studio) =>
  os.versions.router({
    list: os.versions.list.handler(({ input: { kind } }) => {
      const project = studio.project();
      const { versions } = project.database;
      return (kind === null ? versions.all() : versions.of(kind)).map((version) => toldVersion(project, version));
    }),
    setLive: os.versions.setLive.handler(({ input }) => {
      const project = studio.project();
      makeLive(project, versionOf(project, input.versionId));
    }),
    goBack: os.versions.goBack.handler(({ input }) => goBack(studio.project(), input.kind)),
    rename: os.versions.rename.handler(({ input }) => {
      const project = studio.project();
      const { id } = versionOf(project, input.versionId);
      project.database.transaction(() => project.database.versions.rename(id, input.name));
      versionsChanged(project);
    }),
    remove: os.versions.remove.handler(async ({ input }) => {
      const project = studio.project();
      await removeVersion(project, versionOf(project, input.versionId));
    }),
    curve: os.versions.curve.handler(({ input }) => {
      const project = studio.project();
      return project.database.versions.curve(versionOf(project, input.versionId).id);
    }),
    export: os.versions.export.handler(async ({ input, signal }) => ({
      path: await exportVersion(
        studio.project(),
        input.versionId,
        await studio.places.folderToWrite(input.place, studio.project().folder.path),
        hashOfModel(studio, signal),
      ),
    })),
    exportCorrections: os.versions.exportCorrections.handler(async ({ input, signal }) => {
      const work = studio.work();
      const folder = await studio.places.folderToWrite(input.place, work.project.folder.path);
      return { path: await exportCorrections(work, folder, signal) };
    }),
    import: os.versions.import.handler(async ({ input, signal }) => {
      const project = studio.project();
      const path = studio.places.pathOf(input.place);
      return toldVersion(project, await importVersion(project, path, hashOfModel(studio, signal)));
    }),
  });

const hashOfModel =
  (studio: Studio, signal: AbortSignal | undefined): HashOfModel =>
  async (name) => {
    const { folder } = studio.models.get(name);
    const { hash } = await studio.engine.run('describeModel', { folder }, signal === undefined ? {} : { signal });
    return hash;
  };
