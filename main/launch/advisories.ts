import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

type Version = readonly [major: number, minor: number, patch: number];

/** What is publicly known to be wrong with versions of a package. */
interface Advisory {
  readonly id: string;
  readonly package: string;
  readonly title: string;
  /** Versions from the first of each pair on, and below the second. */
  readonly affected: readonly (readonly [from: string, below: string])[];
  /** Where its versions were looked up. */
  readonly source: string;
}

/** A package of the lock file that an advisory speaks of. */
export interface Finding {
  readonly place: string;
  readonly version: string;
  readonly advisory: Advisory;
}

/** The advisories that came along: what is known without asking a registry. Newer ones are added to the file. */
export function knownAdvisories(): readonly Advisory[] {
  return JSON.parse(readFileSync(path.join(root, 'resources/advisories.json'), 'utf8')) as Advisory[];
}

/** Every package of a lock file, wherever in the tree it lies, whose version an advisory names. */
export function findingsIn(
  lock: { readonly packages: Readonly<Record<string, { readonly version?: string }>> },
  advisories: readonly Advisory[],
): Finding[] {
  return Object.entries(lock.packages).flatMap(([place, { version }]) => {
    const name = place.split('node_modules/').at(-1);
    if (version === undefined) return [];
    return advisories
      .filter((each) => each.package === name && each.affected.some(([from, below]) => isWithin(version, from, below)))
      .map((advisory) => ({ place, version, advisory }));
  });
}

const isWithin = (version: string, from: string, below: string): boolean =>
  compare(parse(version), parse(from)) >= 0 && compare(parse(version), parse(below)) < 0;

/** A preview counts as what it comes before: rather one warning too many. */
function parse(version: string): Version {
  const [major, minor = 0, patch = 0] = version.split(/[.+-]/u, 3).map(Number);
  return [major!, minor, patch];
}

function compare(a: Version, b: Version): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index < 0 ? 0 : a[index]! - b[index]!;
}

/** What `npm audit --json` prints, as far as it is read here. */
interface Audit {
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly via: readonly (string | { readonly title: string; readonly url: string })[] }>
  >;
}

/** What an audit of the registry names, a line each; null where the registry gives none. */
export function toldByAudit(printed: string): string[] | null {
  try {
    const { vulnerabilities } = JSON.parse(printed) as Audit;
    if (vulnerabilities === undefined) return null;
    const told = Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
      via.flatMap((one) => (typeof one === 'string' ? [] : [`${name}: ${one.title} (${one.url})`])),
    );
    return [...new Set(told)];
  } catch {
    return null;
  }
}

function audit(): string[] | null {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 60_000,
  });
  return toldByAudit(stdout ?? '');
}

if (process.argv[1] === import.meta.filename) {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Parameters<
    typeof findingsIn
  >[0];
  const fresh = audit();
  const known = findingsIn(lock, knownAdvisories()).map(
    ({ place, version, advisory }) => `${place} ${version}: ${advisory.title} (${advisory.id})`,
  );
  const found = [...known, ...(fresh ?? [])];
  for (const line of found) console.error(line);
  const asked = fresh === null ? 'the registry gives none' : 'nor by the registry now';
  console.log(
    found.length === 0
      ? `No package of ${Object.keys(lock.packages).length} is named by one of the ${knownAdvisories().length} advisories that came along; ${asked}.`
      : `${found.length} advisories name packages: update them.`,
  );
  process.exitCode = found.length === 0 ? 0 : 1;
}
