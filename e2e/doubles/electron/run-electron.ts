// Starts a program as Electron would, under the double: `node run-electron.ts <entry> [arguments]`. For modes without a
// window, whose outputs and exit code are then this process's own.
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const double = new URL('../electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : next(specifier, context),
});

const [entry = '', ...args] = process.argv.slice(2);
process.argv = [process.execPath, path.resolve(entry), ...args];
const { stage } = await import('./stage.ts');
await import(pathToFileURL(path.resolve(entry)).href);
stage.becomeReady();
process.exit(await stage.exited);
