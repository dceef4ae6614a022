import { spawnSync } from 'node:child_process';
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

/** Runs every step, also after one has failed, so that one run tells of all that is wrong. */
function check(): boolean {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const counts = steps.map(({ script, runsTests }) => (runsTests ? runTests(script) : runStep(script)));
  const sum = (field: keyof Count) => counts.reduce((total, count) => total + count[field], 0);
  const failed = steps.filter((_, index) => counts[index]!.failed > 0);
  console.log(failed.length === 0 ? '\nAll is well.' : `\nFailed: ${failed.map(({ script }) => script).join(', ')}.`);
  const skipped = sum('skipped');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed.length === 0;
}

/** A step without tests counts as one. */
function runStep(script: string): Count {
  const worked = runScript(script, []);
  return { passed: worked ? 1 : 0, failed: worked ? 0 : 1, skipped: 0 };
}

function runTests(script: string): Count {
  const report = path.join(reports, `${script}.json`);
  const worked = runScript(script, ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
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

function runScript(script: string, args: readonly string[]): boolean {
  console.log(`\n── ${script}`);
  const startedAt = performance.now();
  const words = args.length > 0 ? ['--', ...args] : [];
  const shell = process.platform === 'win32';
  const { status } = spawnSync('npm', ['run', '--silent', script, ...words], { cwd: root, stdio: 'inherit', shell });
  console.log(
    `   ${script}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

process.exitCode = check() ? 0 : 1;
