import { OpenProject } from '#main/project/open-project.ts';
import { studioSettings } from '#preload/domain/settings.ts';

/** The version of the studio that made it, as it says. */
export const version = '0.1.0';

type Models = ConstructorParameters<typeof OpenProject>[1]['models'];

/** Opens a project without a studio around it, to write rows by the thousand: default settings, and nobody who listens. */
export const openAlone = (location: string, models: Models): OpenProject =>
  new OpenProject(location, {
    version,
    models,
    home: {
      computing: () => 'auto',
      settings: () => studioSettings.parse({}),
      isSample: () => false,
      planOf: () => null,
      planReportOf: () => null,
      keepPlanReport: () => undefined,
      keepPlan: () => undefined,
    },
    changes: { publish: () => undefined },
  });
