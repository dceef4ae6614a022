// A program for a test: the whole loop as a person's processes go through it; then it prints what that did to the network.
import { cuepoint } from '../fixtures/command-line.ts';
import { ServedPage } from '../fixtures/served-page.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';
import { countPackets } from './count-packets.ts';

const [folder, isAlone] = process.argv.slice(2);
const person = new ServedStudio(folder);
const at = (name: string): string => person.at(name);

const run = async (...words: readonly string[]): Promise<void> => {
  const { code, stderr } = await cuepoint(person.env, ...words);
  if (code !== 0) throw new Error(`${words[0]}: ${stderr}`);
};
const project = at('gym.cuepoint');
await run('doctor');
await run('new', project, '--classes', 'jumping,clapping');
await run('models', 'add', at('tiny'));
await run('add', project, at('gym.mp4'));
await run('import', project, '--format', 'csv', at('truth.csv'));
await run('propose', project, '--model', 'tiny');
await run('tune', project, '--preset', 'quick');
await run('search', project, 'a jump');
await run('export', project, '--format', 'coco', '--out', at('out.json'));

const link = await person.start(project);
try {
  const page = await ServedPage.open(link);
  await page.call('videos/list');
  await page.call('segments/list', { videoId: 1 });
  for (const part of ['', 'media/1', 'frames/1', 'thumbnail/1?at=0&width=160']) await page.read(part);
} finally {
  await person.stop();
}
process.stdout.write(JSON.stringify(isAlone === 'alone' ? countPackets() : null));
