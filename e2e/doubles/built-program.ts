import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Builds the pages and the preload script where they were never built, so that one test can be run by itself. */
export function ensureBuilt(): void {
  const built = ['dist/renderer/index.html', 'dist/preload.cjs'].every((file) => existsSync(path.join(root, file)));
  if (!built) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'ignore' });
}
