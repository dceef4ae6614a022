import { t } from '../language/language.ts';
import { api, backend, queries } from '../backend/client.ts';
import { notify } from './notices.ts';

/** Adds a model folder; the first one that works becomes the model of the open project. Rejects with a failure. */
export async function addModel(place: string): Promise<void> {
  const model = await backend.models.add({ place });
  const { project } = await queries.fetchQuery(api.studio.state.queryOptions({ staleTime: 0 }));
  const isNeeded = project !== null && !project.readOnly && project.settings.model === null;
  if (isNeeded && model.problem === null && model.capabilities.embedsFrames)
    await backend.projects.changeSettings({ model: model.name });
  notify(t('{{name}} was added.', { name: model.name }), 'success');
}
