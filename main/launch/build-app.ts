import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const at = (...parts: string[]) => path.join(root, ...parts);
/** Which part of a build took long is nothing to warn people of who start the studio. */
const checks = { pluginTimings: false };

/** Electron loads a sandboxed preload script as one CommonJS file. */
async function buildPreload(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: at('preload/preload.ts'),
      outDir: dist,
      emptyOutDir: false,
      rolldownOptions: { checks, external: ['electron'], output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
    },
  });
}

/**
 * The program for Electron, whose Node need not read TypeScript: the same modules in the same folders under
 * `dist/app/`, so that what is found beside a source file is found beside its build.
 */
async function buildApp(): Promise<void> {
  const outDir = path.join(dist, 'app');
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      rolldownOptions: {
        checks,
        input: [
          at('main/hosts/electron.ts'),
          at('main/engine/engine-process.ts'),
          at('main/database/back-up-worker.ts'),
          at('main/database/look-over-worker.ts'),
          at('main/transfer/reading-worker.ts'),
          at('main/engine/inference/inference-worker.ts'),
          at('main/engine/memory/row-search-worker.ts'),
          at('main/engine/training/scorer-tuning-worker.ts'),
          at('main/engine/training/tuning-worker.ts'),
        ],
        external: /^(?![./#]|[A-Z]:)/,
        output: { format: 'esm', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' },
      },
    },
  });
  await cp(at('main/database/migrations'), path.join(outDir, 'main/database/migrations'), { recursive: true });
}

await rm(path.join(dist, 'preload.cjs'), { force: true });
await Promise.all([buildPreload(), buildApp()]);
