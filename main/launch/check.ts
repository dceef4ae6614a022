import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const reports = path.join(root, '.cache', 'test-reports');

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The scripts of `package.json` that make up a check; those that run tests count them. */
const steps: readonly { readonly script: string; readonly runsTests: boolean }[] = [
  { script: 'format', runsTests: false },
  { script: 'lint', runsTests: false },
  { script: 'types', runsTests: false },
  { script: 'unused', runsTests: false },
  { script: 'build', runsTests: false },
  { script: 'unit', runsTests: true },
  { script: 'components', runsTests: true },
  { script: 'e2e', runsTests: true },
];

/** Steps that run no tests compute on one core, most of the time. */
const stepsAtOnce = 2;

/** Runs every step, also after one has failed, so that one run tells of all that is wrong; tests in the end, by themselves. */
async function check(): Promise<boolean> {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const counts = new Map<string, Count>();
  const waiting = steps.filter(({ runsTests }) => !runsTests);
  const lanes = Array.from({ length: stepsAtOnce }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      counts.set(next.script, await runStep(next.script));
  });
  await Promise.all(lanes);
  for (const { script, runsTests } of steps) if (runsTests) counts.set(script, await runTests(script));
  const sum = (field: keyof Count) => [...counts.values()].reduce((total, count) => total + count[field], 0);
  const failed = steps.filter(({ script }) => counts.get(script)!.failed > 0);
  console.log(failed.length === 0 ? '\nAll is well.' : `\nFailed: ${failed.map(({ script }) => script).join(', ')}.`);
  const skipped = sum('skipped');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed.length === 0;
}

/** A step without tests counts as one. */
async function runStep(script: string): Promise<Count> {
  const worked = await runScript(script, [], 'pipe');
  return { passed: worked ? 1 : 0, failed: worked ? 0 : 1, skipped: 0 };
}

async function runTests(script: string): Promise<Count> {
  const report = path.join(reports, `${script}.json`);
  const words = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const worked = await runScript(script, words, 'inherit');
  const count = readReport(report);
  // A run can fail without a failed test: a file that does not load, an error nobody caught.
  return { ...count, failed: count.failed + (worked || count.failed > 0 ? 0 : 1) };
}

function readReport(file: string): Count {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    return {
      passed: report['numPassedTests'] ?? 0,
      failed: report['numFailedTests'] ?? 0,
      skipped: (report['numPendingTests'] ?? 0) + (report['numTodoTests'] ?? 0),
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** What a script says is shown as it comes (`inherit`), or when it has ended, so that scripts beside each other do not mix. */
async function runScript(script: string, args: readonly string[], output: 'inherit' | 'pipe'): Promise<boolean> {
  const title = `\n── ${script}`;
  if (output === 'inherit') console.log(title);
  const startedAt = performance.now();
  const words = args.length > 0 ? ['--', ...args] : [];
  const shell = process.platform === 'win32';
  const child = spawn('npm', ['run', '--silent', script, ...words], {
    cwd: root,
    stdio: ['inherit', output, output],
    shell,
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => said.push(bytes));
  const [status] = (await once(child, 'close')) as [number | null];
  if (output === 'pipe') console.log(`${title}\n${Buffer.concat(said).toString().trimEnd()}`);
  console.log(
    `   ${script}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

process.exitCode = (await check()) ? 0 : 1;
