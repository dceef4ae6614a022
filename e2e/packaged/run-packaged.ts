// What the stand-in for Electron's program runs: the packaged app beside it, under the double, as Electron would start it.
import { readFileSync, realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { layOut } from './laid-out.ts';

const double = new URL('../doubles/electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : next(specifier, context),
});

const [given = '', ...words] = process.argv.slice(2);
const program = realpathSync(given);
const archive = layOut(path.join(path.dirname(program), 'resources'));
const { stage } = await import('../doubles/electron/stage.ts');
stage.isPackaged = true;
stage.onErrorBox = (title, content) => void process.stderr.write(`${title}: ${content}\n`);
stage.chromiumWords.push(...words.filter((word) => word.startsWith('--remote-debugging-port')));
process.argv = [program, ...words];

const { main } = JSON.parse(readFileSync(path.join(archive, 'package.json'), 'utf8')) as { main: string };
await import(pathToFileURL(path.join(archive, main)).href);
stage.becomeReady();
process.exit(await stage.exited);
