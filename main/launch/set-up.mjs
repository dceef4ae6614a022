// Brings a clean clone to where everything runs. Itself runs on the system's Node (20 or newer) without any package.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const isWindows = process.platform === 'win32';

/** The package with Node for this system, one of those in `main/launch/node`; named as its makers name it. */
const nodePackage = `${process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${isWindows ? 'win' : process.platform}-${process.arch}`;

/** The Node on which everything of ours runs whatever the system has: the lock file's hash says which bytes it is. */
export const nodeProgram = path.join(root, 'node_modules', nodePackage, 'bin', isWindows ? 'node.exe' : 'node');

/** Where Chromium is, for the tests that look at pages. */
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Installs what is missing; prints only when it has to, and rejects with one line of words where it cannot. */
export async function setUp({ forTests }) {
  if (packagesOf(path.join(root, 'package-lock.json'))[`node_modules/${nodePackage}`] === undefined)
    throw new Error(
      `There is no Node for ${process.platform} on ${process.arch} among the packages, so Cuepoint's sources do not run here.`,
    );
  if (!packagesAreCurrent()) {
    say('Installing packages…');
    // Neither the CUDA libraries nor an ffmpeg program is needed, and both come from outside the registry.
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      SKIP_FFMPEG: 'true',
    });
    // npm goes on without an optional package that it could not fetch.
    if (!existsSync(nodeProgram)) throw new Error(`npm could not install "${nodePackage}": run "npm ci" to see why.`);
  }
  if (forTests && !existsSync(chromium)) await installChromium();
}

/** Runs one of our own TypeScript files on Node 24, in this terminal; resolves with its exit code. */
export function runOurs(file, args) {
  const env = {
    // Sources are stripped of their types and compiled once, not by every process that runs them.
    NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compiled'),
    ...process.env,
    PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
  };
  const child = spawn(nodeProgram, [path.join(root, file), ...args], { cwd: root, stdio: 'inherit', env });
  // A terminal's Ctrl-C reaches the child by itself; an end signal comes to this process alone.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // When npm is ended, the shell between it and this process ends too, and tells nobody.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  return new Promise((resolve, reject) => child.on('error', reject).on('exit', (code) => resolve(code ?? 130)));
}

/** Runs a launch script's work; a failure is one line and exit code 1. */
export async function launch(work) {
  try {
    process.exitCode = await work(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** Whether every package of the lock file that this system needs is there, in that version. */
function packagesAreCurrent() {
  const installedLock = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock) || !existsSync(nodeProgram)) return false;
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const installed = packagesOf(installedLock);
  return Object.entries(wanted).every(
    ([place, { version, optional, devOptional }]) =>
      place === '' || installed[place]?.version === version || ((optional || devOptional) && !installed[place]),
  );
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

async function installChromium() {
  const cannot = `The tests look at real pages and need Chromium, which is not at ${chromium}. `;
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version']).error) {
    throw new Error(`${cannot}Install it and name its program in CHROMIUM.`);
  }
  say('Installing Chromium, which the tests look at pages with…');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], env);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], env);
  } catch (error) {
    throw new Error(
      `${cannot}It could not be installed (${error.message}); as root, "apt-get install chromium" does it.`,
      { cause: error },
    );
  }
}

/** Runs a program quietly; what it said is shown where it fails. An end signal ends it as well. */
async function run(program, args, env) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: isWindows,
    env: { ...process.env, ...env },
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
  const end = () => {
    child.kill();
    process.exit(143);
  };
  process.on('SIGTERM', end);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  process.off('SIGTERM', end);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  throw new Error(`"${program} ${args.join(' ')}" failed.`);
}

function say(words) {
  console.error(words);
}
