// Offline means offline: the whole loop tries to reach nothing beyond this machine, and leaves nothing outside the
// project and the program's home. In a network of its own the kernel counts too what native code tries.
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

const here = path.resolve(import.meta.dirname, '../offline');

/** Begins a command in a network that has loopback alone. Needs Linux, and a system that lets anybody make one. */
const alone = ['unshare', '--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
const canBeAlone = spawnSync(alone[0]!, [...alone.slice(1), 'true']).status === 0;

/** Runs a program where what it connects to is written down; answers that and what it printed. */
async function recorded(folder: string, program: readonly string[]) {
  const connections = path.join(folder, 'connections.txt');
  writeFileSync(connections, '');
  const [command, ...words] = [...(canBeAlone ? alone : []), process.execPath, ...program];
  const { stdout } = await promisify(execFile)(command!, words, {
    env: {
      ...process.env,
      TMPDIR: path.join(folder, 'tmp'),
      NODE_OPTIONS: `--import=${path.join(here, 'record-connections.ts')}`,
      CUEPOINT_TEST_CONNECTIONS: connections,
    },
  });
  const asked = readFileSync(connections, 'utf8').split('\n').filter(Boolean);
  return { asked: [...new Set(asked)], printed: JSON.parse(stdout) as unknown };
}

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-offline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(path.join(folder, 'tmp'));
  return folder;
}

test('labelling, proposing, learning, searching, exporting and serving reach nothing and stray nowhere', async () => {
  const folder = newFolder();
  const home = path.join(folder, 'home');
  mkdirSync(home);
  await writeActedClip(path.join(home, 'gym.mp4'), ['jump', 'clap'], 3, 3);
  await makeTinyCheckpoint(path.join(home, 'tiny'));
  const rows = [0, 2, 4, 6].map(
    (start, index) => `gym.mp4,${['jumping', 'clapping'][index % 2]},${start},${start + 1}`,
  );
  writeFileSync(path.join(home, 'truth.csv'), `video,label,start_s,end_s\n${rows.join('\n')}\n`);
  const before = readdirSync(home);

  const loop = path.join(here, 'whole-loop.ts');
  const { asked, printed } = await recorded(folder, [loop, home, ...(canBeAlone ? ['alone'] : [])]);
  // The page of the loop itself, which asks the studio on loopback.
  expect(asked).toEqual(['connect 127.0.0.1']);
  expect(printed).toEqual(canBeAlone ? { unroutable: 0, datagrams: 0 } : null);
  expect(readdirSync(path.join(folder, 'tmp')), 'the temporary folder').toEqual([]);
  expect(
    readdirSync(home)
      .filter((name) => !before.includes(name))
      .toSorted(),
  ).toEqual(['.cuepoint-home', 'gym.cuepoint', 'out.json', 'out.json.provenance.json']);
});

test.runIf(canBeAlone)('what is recorded there is what a program tries', async () => {
  const { asked, printed } = await recorded(newFolder(), [
    '--input-type=module',
    '--eval',
    `import { countPackets } from ${JSON.stringify(path.join(here, 'count-packets.ts'))};
     await fetch('http://198.51.100.1').catch(() => undefined);
     await fetch('http://name.example').catch(() => undefined);
     process.stdout.write(JSON.stringify(countPackets()));`,
  ]);
  expect(asked).toEqual(expect.arrayContaining(['connect 198.51.100.1', 'look up name.example']));
  expect((printed as { readonly unroutable: number }).unroutable).toBeGreaterThan(0);
});
