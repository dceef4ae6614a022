import { addClass } from '../annotation/add-class.ts';
import { refuseRepeatedNames } from '../annotation/class-names.ts';
import { modelSwitch } from '../project/model-switch.ts';
import { refusePathInName } from '../project/file-names.ts';
import { storedSizes } from '../project/stored-sizes.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const projectHandlers = (studio: Studio) =>
  os.projects.router({
    open: os.projects.open.handler(async ({ input }) =>
      (await studio.openProject(studio.places.pathOf(input.place))).info(),
    ),
    create: os.projects.create.handler(async ({ input, context }) => {
      refusePathInName(input.name);
      refuseRepeatedNames(input.classes);
      const project = await studio.createProject(await studio.places.folderToWrite(input.place), input.name);
      const { database, edits } = project;
      for (const name of input.classes) {
        edits.commit(() => addClass(database.nextId('classes'), { name }, database.classes.all()), context.editor);
      }
      return project.info();
    }),
    close: os.projects.close.handler(() => studio.closeProject()),
    info: os.projects.info.handler(() => studio.project().info()),
    modelSwitch: os.projects.modelSwitch.handler(({ input }) =>
      modelSwitch(studio.project(), studio.models.get(input.model)),
    ),
    storedSizes: os.projects.storedSizes.handler(() => storedSizes(studio.project().folder)),
    changeSettings: os.projects.changeSettings.handler(({ input }) => studio.project().changeSettings(input)),
  });
