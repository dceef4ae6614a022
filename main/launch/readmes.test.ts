// Protects: what the READMEs link to and name is there, files, folders and scripts alike.
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const isOurs = (name: string): boolean => !/^(node_modules|dist|release|\.cache|\.git)$/.test(name);
const tree = globSync('**/*', { cwd: root, exclude: (name) => !isOurs(name) }).map((file) =>
  file.replaceAll(path.sep, '/'),
);
const readmes = tree.filter((file) => ['README.md', 'SECURITY.md'].includes(path.basename(file)));
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** Folders that belong to models and projects of users. */
const foldersOfUsers = /^onnx\/$|\.cuepoint\//;

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!);

/** Targets of links and pictures inside this repository, without their anchors. */
const linksOf = (text: string): string[] =>
  matches(text, /\]\(([^)\s]+)\)/g)
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''));

/** Source files and folders named in code spans: `lower-to-onnx.ts`, `graph/`. */
const namesOf = (text: string): string[] =>
  matches(text.replace(/^```.*?^```/gms, ''), /`([\w./@-]+(?:\.(?:[cm]?tsx?|mjs|sql|svg)|\/))`/g).filter(
    (name) => !foldersOfUsers.test(name),
  );

const scriptsOf = (text: string): string[] => matches(text, /npm (?:run )(?:-s |--silent )?([a-z][\w:-]*)/g);

/** Whether a README's name for a file or folder fits one: from its own folder, from the root, or by its last parts. */
function isThere(readme: string, name: string): boolean {
  const places = [path.join(root, path.dirname(readme), name), path.join(root, name)];
  const wanted = name.replace(/\/$/, '');
  return places.some((place) => existsSync(place)) || tree.some((file) => file.endsWith(`/${wanted}`));
}

describe.each(readmes)('%s', (readme) => {
  const text = readFileSync(path.join(root, readme), 'utf8');

  it('links to what exists', () => {
    const missing = linksOf(text).filter((target) => !existsSync(path.join(root, path.dirname(readme), target)));
    expect(missing).toEqual([]);
  });

  it('names files and folders that exist', () => {
    expect(namesOf(text).filter((name) => !isThere(readme, name))).toEqual([]);
  });

  it('names scripts that exist', () => {
    expect(scriptsOf(text).filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

it('sees links, names and scripts where there are some', () => {
  const all = readmes.map((readme) => readFileSync(path.join(root, readme), 'utf8')).join('\n');
  for (const found of [linksOf(all), namesOf(all), scriptsOf(all)]) expect(found.length).toBeGreaterThan(5);
  expect(linksOf('[a](b/c.ts#x) [d](https://e.f)')).toEqual(['b/c.ts']);
  expect(namesOf('`a/b.ts` and `c/`, not `config.json`')).toEqual(['a/b.ts', 'c/']);
  expect(isThere('README.md', 'no-such-file.ts')).toBe(false);
});
