// What lets a page in stays between the terminal that asked for it and the one browser: no process list, no log, no file.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { ServedPage } from '../fixtures/served-page.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';

const person = new ServedStudio();
const project = person.at('gym.cuepoint');

beforeAll(async () => {
  await writeActedClip(person.at('gym.mp4'), ['jump'], 1, 1);
  for (const words of [
    ['new', project],
    ['add', project, person.at('gym.mp4')],
  ]) {
    const { code, stderr } = await cuepoint(person.env, ...words);
    expect(stderr, `code ${code}`).toBe('');
  }
});
afterAll(() => person[Symbol.asyncDispose]());

/** What everybody on this machine may see of a process, and its environment, which its children inherit. */
const shown = (pid: number): string =>
  ['cmdline', 'environ', 'comm'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1')).join('\n');

test.runIf(process.platform === 'linux')(
  'the link, the cookie and the proof of a page are written nowhere',
  async () => {
    const link = await person.start(project);
    const page = await ServedPage.open(link);
    // Failures are where words get into logs; a thumbnail starts the engine.
    await expect(page.call('videos/remove', { videoId: 99 })).rejects.toThrow('no video 99');
    await expect(page.read('media/99')).rejects.toThrow('404');
    await page.read('thumbnail/1?at=0&width=160');
    const secrets = [...page.secrets, new URL(link).searchParams.get('token')!];
    expect(secrets.map(({ length }) => length > 20)).toEqual([true, true, true, true]);

    const children = person.children();
    expect(children.length).toBeGreaterThan(0);
    const files = readdirSync(person.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const places = [
      ...[person.pid, ...children].map((pid) => ({ place: `process ${pid}`, words: shown(pid) })),
      { place: 'the error output', words: person.errors },
      ...files.map(({ parentPath, name }) => ({
        place: path.join(parentPath, name),
        words: readFileSync(path.join(parentPath, name), 'latin1'),
      })),
    ];
    const found = places.filter(({ words }) => secrets.some((secret) => words.includes(secret)));
    expect(found.map(({ place }) => place)).toEqual([]);
  },
);
