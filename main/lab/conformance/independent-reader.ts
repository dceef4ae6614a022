import { spawn, spawnSync } from 'node:child_process';
import { signatureOfCells, signatureSide, type PictureSignature } from './picture-signature.ts';

/** What another program makes of a video, decoded from start to end. */
export interface IndependentReading {
  /** `[N]` in the order in which the decoder gives them. */
  readonly signatures: readonly PictureSignature[];
  /** `[N]` seconds, NaN where the program knows none; empty where it lists another number of pictures. */
  readonly timesS: readonly number[];
}

/** Whether FFmpeg's own programs are installed; without them there is nothing independent to compare with. */
export const hasIndependentReader = ['ffmpeg', 'ffprobe'].every(
  (program) => spawnSync(program, ['-version'], { stdio: 'ignore' }).status === 0,
);

/** Decodes stream `streamIndex` of a file with the `ffmpeg` program, one small grey picture at a time. Null where it cannot. */
export async function readIndependently(file: string, streamIndex: number): Promise<IndependentReading | null> {
  const filter = `scale=${signatureSide}:${signatureSide}:flags=area,format=gray`;
  const signatures: PictureSignature[] = [];
  let rest = Buffer.alloc(0);
  await output(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      file,
      '-map',
      `0:${streamIndex}`,
      '-vf',
      filter,
      '-fps_mode',
      'passthrough',
      '-f',
      'rawvideo',
      '-',
    ],
    (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (; rest.length >= signatureSide ** 2; rest = rest.subarray(signatureSide ** 2))
        signatures.push(signatureOfCells(rest.subarray(0, signatureSide ** 2)));
    },
  );
  if (signatures.length === 0) return null;
  let listing = '';
  await output(
    'ffprobe',
    [
      '-v',
      'error',
      '-select_streams',
      `${streamIndex}`,
      '-show_entries',
      'frame=best_effort_timestamp_time',
      '-of',
      'csv=p=0',
      file,
    ],
    (chunk) => (listing += chunk.toString('latin1')),
  );
  const timesS = listing
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Number.parseFloat(line));
  return { signatures, timesS: timesS.length === signatures.length ? timesS : [] };
}

/** Runs a program and hands on what it prints; damaged files make it complain, which is theirs to compare. */
function output(program: string, args: readonly string[], onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', onChunk);
    child.on('error', reject).on('close', () => resolve());
  });
}
