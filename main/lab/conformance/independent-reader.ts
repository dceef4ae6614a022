import { spawn, spawnSync } from 'node:child_process';
import { signatureOf, signatureSide, type PictureSignature } from './picture-signature.ts';

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

/** Colour matrices that FFmpeg's own scaler leaves unapplied; its other one, zimg's, knows them. */
const matricesOfZimg = new Set(['ycgco', 'bt2020c', 'ictcp']);

/** Decodes stream `streamIndex` of a file with the `ffmpeg` program, one small picture at a time. Null where it cannot. */
export async function readIndependently(file: string, streamIndex: number): Promise<IndependentReading | null> {
  const stream = String(streamIndex);
  const matrix = (await listing(file, stream, 'stream=color_space')).trim();
  const toRgb = matricesOfZimg.has(matrix) ? 'zscale=matrix=gbr:range=full,format=gbrp,' : '';
  const filter = `${toRgb}scale=${signatureSide}:${signatureSide}:flags=area,format=rgb24`;
  const pictureBytes = 3 * signatureSide ** 2;
  const signatures: PictureSignature[] = [];
  let rest = Buffer.alloc(0);
  const decode = `-v error -threads 1 -i @file -map 0:${stream} -vf ${filter} -fps_mode passthrough -f rawvideo -`;
  await output('ffmpeg', words(decode, file), (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= pictureBytes; rest = rest.subarray(pictureBytes))
      signatures.push(signatureOf(rest.subarray(0, pictureBytes), signatureSide, signatureSide));
  });
  if (signatures.length === 0) return null;
  const timesS = (await listing(file, stream, 'frame=best_effort_timestamp_time'))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Number.parseFloat(line));
  return { signatures, timesS: timesS.length === signatures.length ? timesS : [] };
}

/** What `ffprobe` lists of one stream, a line for each entry. */
async function listing(file: string, stream: string, entries: string): Promise<string> {
  let text = '';
  const ask = `-v error -select_streams ${stream} -show_entries ${entries} -of csv=p=0 @file`;
  await output('ffprobe', words(ask, file), (chunk) => (text += chunk.toString('latin1')));
  return text;
}

const words = (line: string, file: string): string[] => line.split(' ').map((word) => (word === '@file' ? file : word));

/** Runs a program and hands on what it prints; damaged files make it complain, which is theirs to compare. */
function output(program: string, args: readonly string[], onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', onChunk);
    child.on('error', reject).on('close', () => resolve());
  });
}
