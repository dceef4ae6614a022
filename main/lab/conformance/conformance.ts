import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hasChromium } from '#e2e/chromium.ts';
import { startChromiumPlayer } from '#e2e/exact-time/chromium-player.ts';
import { followCaller } from '#main/hosts/typed-in.ts';
import { checkFile, isRight, type AskPlayer, type FileVerdict } from './check-file.ts';
import { conformancePage } from './conformance-table.ts';
import { generateFiles } from './generate-files.ts';
import { hasIndependentReader } from './independent-reader.ts';
import { signatureOf } from './picture-signature.ts';

/** Files beside videos in a folder of samples. */
const notVideos = /(\.(json|csv|txt|md|npy|srt|zip)|readme)$/i;

/**
 * `npm run conformance -- [folder…] [--generate] [--out page.md] [--json] [--seed n]`: checks every video file under the
 * folders; `--generate` makes files of many containers, codecs and kinds with FFmpeg's program and checks these as well.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      generate: { type: 'boolean' },
      json: { type: 'boolean' },
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (positionals.length === 0 && values.generate !== true)
    throw new Error('Name a folder of videos, or give --generate to have files made.');
  const scratch = mkdtempSync(path.join(tmpdir(), 'cuepoint-conformance-'));
  try {
    const generated = values.generate === true ? await generateFiles(scratch, say) : [];
    const files = [...positionals.flatMap((folder) => videosUnder(path.resolve(folder))), ...generated];
    if (!hasIndependentReader)
      say('FFmpeg’s programs are not installed: only reading in order is compared with other ways of reading.');
    const verdicts = await checkAll(files, Number(values.seed));
    const common = commonFolder(files);
    const page = conformancePage(
      common,
      verdicts.map((verdict) => ({ ...verdict, file: verdict.file.replace(scratch, path.join(common, 'generated')) })),
      hasIndependentReader ? 'FFmpeg’s own programs' : 'none was installed',
      hasChromium ? 'Chromium' : 'none was installed',
    );
    if (values.out !== undefined) writeFileSync(values.out, page);
    process.stdout.write(values.json ? `${JSON.stringify({ files: verdicts })}\n` : page);
    if (!verdicts.every(isRight)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function checkAll(files: readonly string[], seed: number): Promise<readonly FileVerdict[]> {
  await using player = hasChromium ? await startChromiumPlayer() : null;
  const askPlayer: AskPlayer | null =
    player &&
    (async (file, timesUs) => {
      const video = await player.open(file);
      const shown = [];
      for (const us of timesUs) shown.push(await video.frameAt(us));
      return {
        signatures: shown.map(({ rgba, width, height }) => signatureOf(rgba, width, height, 4)),
        timesUs: shown.map(({ mediaTimeUs }) => mediaTimeUs),
      };
    });
  const verdicts: FileVerdict[] = [];
  for (const [at, file] of files.entries()) {
    const verdict = await checkFile(file, seed, askPlayer);
    verdicts.push(verdict);
    say(
      `${at + 1} of ${files.length} ${isRight(verdict) ? 'right' : 'WRONG'} ${path.basename(file)} (${verdict.seconds.toFixed(1)} s)`,
    );
  }
  return verdicts;
}

function videosUnder(folder: string): string[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats) throw new Error(`${folder} is not there; name a folder of videos or a video.`);
  if (stats.isFile()) return [folder];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !notVideos.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function commonFolder(files: readonly string[]): string {
  const [first = '', ...rest] = files.map((file) => path.dirname(file).split(path.sep));
  const shared = (first as string[]).findIndex((part, at) => rest.some((other) => other[at] !== part));
  return (shared < 0 ? (first as string[]) : (first as string[]).slice(0, shared)).join(path.sep);
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

followCaller('conformance');
await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
