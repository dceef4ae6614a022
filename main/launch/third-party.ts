import { globSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Where the list of everything that is shipped with the app lies. */
export const noticesFile = path.join(root, 'resources', 'licences', 'THIRD-PARTY.md');

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  /** A folder of this repository. */
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Packages that name no licence in their description; read in their files. */
const readInFiles: Readonly<Record<string, string>> = { '@shinyoshiaki/jspack': 'BSD-3-Clause' };

/** The list as it should be now: every shipped package with its licence, and the texts of those inside the pages. */
export function thirdPartyNotices(): string {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const licences = new Map(
    Object.entries(lock.packages).map(([place, { license }]) => [
      nameOf(place),
      license ?? readInFiles[nameOf(place)] ?? 'unknown',
    ]),
  );
  const installed = Object.entries(lock.packages).filter(
    ([place, entry]) => place !== '' && !entry.dev && !entry.devOptional && !entry.link,
  );
  const inApp = new Set(installed.map(([place]) => nameOf(place)));
  const inPages = closure(importsOf('renderer'), lock.packages);
  const names = [...new Set([...inApp, ...inPages])].sort();
  const row = (name: string) =>
    `| ${name} | ${licences.get(name)} | ${inApp.has(name) ? 'app' : ''}${inApp.has(name) && inPages.has(name) ? ', ' : ''}${inPages.has(name) ? 'pages' : ''} |`;
  return [
    '# Third-party software',
    '',
    'Made by `npm run licences`. *app*: a package of its own inside the app; *pages*: bundled into the studio’s pages.',
    '',
    '| package | licence | where |',
    '| --- | --- | --- |',
    ...names.map(row),
    '',
    '## Texts of the packages inside the pages',
    ...textsOf([...inPages].sort()),
    '',
  ].join('\n');
}

/** Packages that the sources of a folder import by name. */
function importsOf(folder: string): Set<string> {
  const sources = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: ['**/*.test.*', '**/*.config.ts'] });
  const specifiers = sources.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?:from|import) '([^'.#][^']*)'/g)].map(
      (match) => match[1]!,
    ),
  );
  const packages = specifiers.map((specifier) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  );
  return new Set(packages.filter((name) => !name.startsWith('node:')));
}

/** These packages and all that they depend on. */
function closure(names: ReadonlySet<string>, packages: Readonly<Record<string, LockedPackage>>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const entry = packages[`node_modules/${name}`];
    if (!entry || found.has(name) || name.startsWith('@types/')) return;
    found.add(name);
    Object.keys({ ...entry.dependencies, ...entry.peerDependencies }).forEach(visit);
  };
  names.forEach(visit);
  return found;
}

/** Each different text once, under the names of the packages that carry it. */
function textsOf(names: readonly string[]): string[] {
  const carriers = new Map<string, string[]>();
  for (const name of names) {
    const folder = path.join(root, 'node_modules', name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
    if (file === undefined) continue;
    const text = readFileSync(path.join(folder, file), 'utf8').trim();
    carriers.set(text, [...(carriers.get(text) ?? []), name]);
  }
  return [...carriers].flatMap(([text, owners]) => ['', `### ${owners.join(', ')}`, '', '```text', text, '```']);
}

if (import.meta.main) writeFileSync(noticesFile, thirdPartyNotices());
