import { join } from 'node:path';

/** The parts of a project folder. */
export interface ProjectFolder {
  readonly path: string;
  readonly features: string;
  readonly proxies: string;
  readonly tuned: string;
  /** What was read of sensors' tables. */
  readonly series: string;
  readonly backups: string;
  /** What quality was measured last. */
  readonly quality: string;
  readonly database: string;
  readonly lock: string;
}

/** All in a project's folder that the program opens by name. */
export const partNames: readonly string[] = [
  'features',
  'proxies',
  'tuned',
  'series',
  'backups',
  'quality.json',
  ...['project.lock', 'project.lock-mending', 'project.sqlite'].flatMap((name) =>
    ['', '-wal', '-shm', '-journal'].map((more) => name + more),
  ),
];

export const partsOf = (path: string): ProjectFolder => ({
  path,
  features: join(path, 'features'),
  proxies: join(path, 'proxies'),
  tuned: join(path, 'tuned'),
  series: join(path, 'series'),
  backups: join(path, 'backups'),
  quality: join(path, 'quality.json'),
  database: join(path, 'project.sqlite'),
  lock: join(path, 'project.lock'),
});
