// `npm run e2e:packaged [-- path/to/program]`: the journey through a packaged app, by default the one that
// `npm run package` made.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const [program] = process.argv.slice(2);
const from = process.env['INIT_CWD'] ?? process.cwd();
const env = { ...process.env, ...(program !== undefined && { CUEPOINT_PACKAGED: path.resolve(from, program) }) };
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const words = ['run', '--config', 'e2e/vitest.config.ts', 'e2e/packaged/journey.test.ts', '--bail', '1'];
process.exitCode = spawnSync(process.execPath, [vitest, ...words], { cwd: root, stdio: 'inherit', env }).status ?? 1;
