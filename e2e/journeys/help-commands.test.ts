// Protects: every command that the help tells a person to type works as it stands there, chapter by chapter.
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CommandShell } from '../fixtures/command-shell.ts';
import { testAuthority } from '../models/inference-server.ts';

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

/** Those that never end, or train for long as the papers do: that they are taken and begin is enough here. */
function enoughOf(words: readonly string[]): RegExp | null {
  if (words[0] === 'serve') return /http:\/\/127\.0\.0\.1/;
  return words.includes('--preset') ? /: \d+% · / : null;
}

describe('the help', () => {
  let shell: CommandShell;
  const type = (line: string): ReturnType<CommandShell['run']> => {
    const [name, ...words] = wordsOf(line);
    expect(name).toBe('cuepoint');
    return shell.run(words[0] === 'serve' ? [...words, '--port', '0'] : words, enoughOf(words));
  };
  beforeAll(() => {
    shell = new CommandShell(folder, env);
    mkdirSync(path.join(folder, 'videos'));
    for (const [index, film] of globSync('resources/sample/films/film-21-*.mp4', { cwd: root })
      .toSorted()
      .slice(0, 4)
      .entries())
      cpSync(path.join(root, film), path.join(folder, 'videos', `${index + 1}.mp4`));
    cpSync(path.join(root, 'resources/starter-model'), path.join(folder, 'clip-vit-base-patch16'), { recursive: true });
  });
  afterAll(async () => {
    await shell[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

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
        expect((await type('cuepoint import jumps.cuepoint labels.csv --format csv')).code).toBe(0);
      }
      // Whoever runs the server of a lab has handed these out.
      if (chapter === 'models.md') {
        writeFileSync(path.join(folder, 'token.txt'), 'secret');
        writeFileSync(path.join(folder, 'lab-ca.pem'), testAuthority());
      }
      for (const line of commandsOf(chapter)) {
        const { code, said } = await type(line);
        expect(code, `${line}: ${said}`).toBe(0);
      }
    },
  );
});
