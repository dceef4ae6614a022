import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

const here = import.meta.dirname;
const cache = path.resolve(here, '../../.cache/open-inference');
const venv = path.join(cache, 'venv');

export const ports = { http: 18_080, grpc: 18_081, metrics: 18_082 } as const;

/** Installs MLServer in a virtual environment of its own, where that is not done. */
export function installMlserver(): void {
  if (existsSync(path.join(venv, 'bin', 'mlserver'))) return;
  mkdirSync(cache, { recursive: true });
  execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
  const pip = path.join(venv, 'bin', 'pip');
  execFileSync(pip, ['install', '--quiet', '-r', path.join(here, 'requirements.txt')], { stdio: 'inherit' });
}

/** A folder of models as MLServer takes them, over a model repository that was exported. */
export function mlserverFolder(repository: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const settings = {
    host: '127.0.0.1',
    http_port: ports.http,
    grpc_port: ports.grpc,
    metrics_port: ports.metrics,
    parallel_workers: 0,
    grpc_max_message_length: 256 * 2 ** 20,
    debug: false,
  };
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
  for (const name of readdirSync(repository)) {
    mkdirSync(path.join(folder, name), { recursive: true });
    const uri = path.join(repository, name, '1', 'model.onnx');
    writeFileSync(
      path.join(folder, name, 'model-settings.json'),
      JSON.stringify({ name, implementation: 'onnx_runtime.OnnxModel', parameters: { uri } }),
    );
    cpSync(path.join(here, 'onnx_runtime.py'), path.join(folder, name, 'onnx_runtime.py'));
  }
}

export interface Mlserver {
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

/** Starts MLServer and waits until its models are ready. */
export async function startMlserver(folder: string): Promise<Mlserver> {
  const log = openSync(path.join(folder, 'mlserver.log'), 'a');
  const child = spawn(path.join(venv, 'bin', 'mlserver'), ['start', folder], {
    cwd: folder,
    env: { ...process.env, PYTHONPATH: here, PATH: `${path.join(venv, 'bin')}:${process.env['PATH']}` },
    stdio: ['ignore', log, log],
  });
  const gone = once(child, 'exit');
  const isReady = () =>
    fetch(`http://127.0.0.1:${ports.http}/v2/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`mlserver ended with ${child.exitCode}; see ${folder}/mlserver.log`);
    await setTimeout(200);
  }
  return {
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
