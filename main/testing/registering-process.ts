// A program for a test: one of several that register models and projects in the same home folder at once.
import { HomeFolder } from '../studio/home-folder.ts';

const [folder, name, count] = process.argv.slice(2);
const home = new HomeFolder(folder!);
for (let index = 0; index < Number(count); index += 1) {
  const entry = { ...home.models()[0]!, name: `${name}-${index}`, folder: `/models/${name}-${index}` };
  home.changeModels((models) => [...models, entry]);
  if (index === 0) home.rememberProject({ name: name!, location: `/projects/${name}` });
}
