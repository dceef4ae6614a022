import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createBackend } from '../backend.ts';
import { childProcessCarrier } from '../engine/carriers.ts';
import { startEngine } from '../engine/start-engine.ts';
import { homeFolder } from '../hosts/home-folder.ts';
import { programVersion } from '../hosts/program-files.ts';
import { openSampleProject } from '../hosts/sample-project.ts';
import { keepFilesPrivate } from '../project/private-files.ts';
import { sampleProjectPath } from '../studio/home-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
const at = (...parts: string[]) => path.join(root, ...parts);

/** Opens a project, or the sample where none is named, in the desktop app where that can run, else in a browser. */
async function openStudio(project: string | undefined): Promise<number> {
  if (isStale(at('dist/renderer/index.html'), ['renderer', 'preload'])) await build('build:renderer');
  const opened =
    project === undefined
      ? await sampleProject(homeFolder())
      : path.resolve(process.env['INIT_CWD'] ?? process.cwd(), project);
  const electron = await findElectron();
  if ('missing' in electron) {
    console.error(`${electron.missing}, so the studio opens in a browser on this machine:`);
    return run(process.execPath, [at('main/hosts/cli.ts'), 'serve', opened]);
  }
  if (isStale(at('dist/preload.cjs'), ['main', 'native-models', 'preload'])) await build('build:app');
  return run(electron.program, [at('dist/app/main/hosts/electron.js'), opened]);
}

/** The sample project, made where it is not there yet. What the model has not proposed by then goes on in the studio. */
async function sampleProject(home: string): Promise<string> {
  const project = sampleProjectPath(home);
  if (existsSync(project)) return project;
  await using engine = startEngine(childProcessCarrier);
  const backend = createBackend({ homeFolder: home, engine, version: programVersion });
  await openSampleProject(backend, home);
  await backend.close();
  return project;
}

/** Electron's program, fetched once where a person sits at a screen; or in words what is missing. */
async function findElectron(): Promise<{ readonly program: string } | { readonly missing: string }> {
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!hasDisplay) return { missing: 'There is no display here' };
  const program = electronProgram();
  if (program) return { program };
  console.error('Fetching Electron, once…');
  await run(process.execPath, [at('node_modules/electron/install.js')], 'ignore');
  const fetched = electronProgram();
  return fetched ? { program: fetched } : { missing: 'Electron’s program is not here and could not be fetched' };
}

function electronProgram(): string | null {
  const named = at('node_modules/electron/path.txt');
  if (!existsSync(named)) return null;
  const program = at('node_modules/electron/dist', readFileSync(named, 'utf8'));
  return existsSync(program) ? program : null;
}

/** Whether something was built before the last change of what it is made from. */
function isStale(built: string, folders: readonly string[]): boolean {
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  const sources = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,html,css,sql,json}`, { cwd: root }));
  return [...sources, 'package-lock.json'].some((file) => statSync(at(file)).mtimeMs > builtAt);
}

async function build(script: string): Promise<void> {
  console.error('Building the studio…');
  const code = await run('npm', ['run', '--silent', script], 'ignore');
  if (code !== 0) throw new Error(`The studio could not be built; "npm run ${script}" says why.`);
}

async function run(
  program: string,
  args: readonly string[],
  output: 'inherit' | 'ignore' = 'inherit',
): Promise<number> {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['inherit', output, output],
    shell: program === 'npm' && process.platform === 'win32',
  });
  // A terminal's Ctrl-C reaches the child by itself; an end signal comes to this process alone.
  const passOn = () => child.kill('SIGTERM');
  const stay = () => undefined;
  process.on('SIGTERM', passOn).on('SIGINT', stay);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', passOn).off('SIGINT', stay);
  return code ?? 130;
}

keepFilesPrivate();
process.exitCode = await openStudio(process.argv[2]);
