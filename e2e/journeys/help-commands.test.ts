// Protects: every command that the help tells a person to type works as it stands there, chapter by chapter.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const help = path.join(root, 'resources/help');
const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-help-'));
const env = { ...process.env, CUEPOINT_HOME: path.join(folder, 'home') };

/** Reading order: what a chapter makes, the ones behind it use. */
const chapters = [...readFileSync(path.join(help, 'README.md'), 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g)].map(
  ([, name]) => name!,
);

const commandsOf = (chapter: string): string[] =>
  [...readFileSync(path.join(help, chapter), 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) =>
    block!.trim().split('\n'),
  );

/** Words as a shell parts them: by spaces, and together inside double quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);

const program = path.join(root, 'main/hosts/cli.ts');

/** Lets a command begin, and ends it as Ctrl-C does where it has not ended by itself. */
async function whileItBegins(
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly errors: string }> {
  const child = spawn(process.execPath, [program, ...words], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const impatience = setTimeout(() => child.kill('SIGINT'), 10_000);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(impatience);
  return { code: code === interrupted ? 0 : code, errors };
}

const interrupted = 130;

/** Runs to the end; a server is ended once it stands. */
async function outcomeOf(line: string): Promise<{ readonly code: number | null; readonly errors: string }> {
  const [name, ...words] = wordsOf(line);
  expect(name).toBe('cuepoint');
  if (words[0] === 'serve') {
    const server = spawn(process.execPath, [program, ...words, '--port', '0', '--json'], { cwd: folder, env });
    await once(server.stdout, 'data');
    const gone = once(server, 'exit') as Promise<[number | null]>;
    server.kill('SIGINT');
    return { code: (await gone)[0], errors: '' };
  }
  // The papers' settings train for long; that they are taken and begin is enough here.
  if (words.includes('--preset')) return whileItBegins(words);
  const { status, stderr } = spawnSync(process.execPath, [program, ...words], { cwd: folder, env, encoding: 'utf8' });
  return { code: status, errors: stderr };
}

describe('the help', () => {
  beforeAll(() => {
    mkdirSync(path.join(folder, 'videos'));
    for (const [index, film] of globSync('resources/sample/films/film-21-*.mp4', { cwd: root })
      .toSorted()
      .slice(0, 4)
      .entries())
      cpSync(path.join(root, film), path.join(folder, 'videos', `${index + 1}.mp4`));
    cpSync(path.join(root, 'resources/starter-model'), path.join(folder, 'clip-vit-base-patch16'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('lists every chapter that there is', () => {
    const there = globSync('*.md', { cwd: help }).filter((name) => name !== 'README.md');
    expect(chapters.toSorted()).toEqual(there.toSorted());
  });

  test('links to chapters and pictures that there are', () => {
    const broken = chapters.flatMap((chapter) =>
      [...readFileSync(path.join(help, chapter), 'utf8').matchAll(/\]\(([^)#\s]+)/g)]
        .map(([, target]) => target!)
        .filter((target) => !existsSync(path.join(help, target)))
        .map((target) => `${chapter}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test.each(chapters.filter((chapter) => commandsOf(chapter).length > 0))(
    'every command of %s works',
    async (chapter) => {
      // A person has corrected something before they teach.
      if (chapter === 'teaching.md') {
        const labels = path.join(folder, 'labels.csv');
        const rows = [1, 2, 3, 4].flatMap((film) => [`${film}.mp4,0.4,1.2,high jump`, `${film}.mp4,2,3.2,long jump`]);
        writeFileSync(labels, ['video,start_s,end_s,label', ...rows].join('\n'));
        expect((await outcomeOf('cuepoint import jumps.cuepoint labels.csv --format csv')).code).toBe(0);
      }
      for (const line of commandsOf(chapter)) {
        const { code, errors } = await outcomeOf(line);
        expect(code, `${line}: ${errors}`).toBe(0);
      }
    },
  );
});
