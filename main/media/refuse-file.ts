import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputFormat } from 'node-av/lib';
import { AVERROR_EOF } from 'node-av/constants';
import { fileFailure, notUtf8 } from '#main/failures/file-failure.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { FfmpegError, reasonOf } from './ffmpeg.ts';

/**
 * Containers that hold recordings. FFmpeg would also open playlists (which name other files), pictures, and even plain
 * text (as terminal art); none of these is a video file, and a playlist must not reach past the file a person chose.
 */
export const readableContainers =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mxf,gif,apng,ivf,nut,dv,rm,wtv,gxf,lxf,nsv,pva,' +
  'mpegvideo,mpegtsraw,h261,h263,h264,hevc,vvc,av1,obu,mjpeg,mpjpeg,jpeg_pipe,png_pipe,yuv4mpegpipe,m4v,vc1,vc1test,dirac,cavsvideo,' +
  'mp3,wav,flac,aac,aiff,w64,ac3,eac3,amr,caf,ape,tta,wv';

/** Enough of a file to tell what it is. */
const headBytes = 64 * 1024;

/** The failure of a file that is not found under its name. */
export const notThere = (file: string, advice: Saying): Failure =>
  new Failure('not-found', notUtf8(file) ?? say('{{file}} is not there; {{advice}}.', { file, advice }), { file });

/** Fails with `not-found`, `forbidden`, `bad-input` (a folder) or `unreadable-video` where there is no file to open. */
export async function refuseWhatIsNoFile(file: string): Promise<void> {
  const stats = await stat(file).catch((error: unknown) => {
    const failure = fileFailure(error, file);
    if (failure?.code === 'not-found') throw notThere(file, say('check the path, or relink the video if it was moved'));
    throw (
      failure ??
      new Failure(
        'unreadable-video',
        say('{{file}} cannot be opened; copy it again.', { file }),
        { file },
        { cause: error },
      )
    );
  });
  if (stats.isDirectory())
    throw new Failure(
      'bad-input',
      say('{{file}} is a folder without numbered pictures; choose the video files inside it.', { file }),
      {
        file,
      },
    );
  if (stats.size === 0)
    throw new Failure('unreadable-video', say('{{file}} is empty; copy or record it again.', { file }), { file });
}

/** Why FFmpeg did not open a file (with this code), and what to do. */
export async function unreadable(file: string, code: number): Promise<Failure> {
  return (
    fileFailure(new FfmpegError(code, `opening ${file}`), file) ??
    new Failure('unreadable-video', await sentenceOn(file, code), { file, reason: reasonOf(code) })
  );
}

/** The command that turns anything FFmpeg knows into a file that everything reads. */
export const conversionOf = (file: string): string =>
  `ffmpeg -i "${path.basename(file)}" -c:v libx264 -crf 18 "${path.parse(file).name}.converted.mp4"`;

async function sentenceOn(file: string, code: number): Promise<Saying> {
  const head = await headOf(file);
  if (['ftyp', 'mdat', 'wide', 'free', 'moov'].includes(head.toString('latin1', 4, 8)))
    return say('{{file}} has no index ("moov"), as when a recording was cut off; repair it or export it again.', {
      file,
    });
  const kind = InputFormat.probe(head, file);
  const name = kind?.name ?? '';
  if (/^(hls|dash|concat|imf|sdp|rtsp|webvtt|aqtitle)$/.test(name))
    return say('{{file}} is a playlist ({{kind}}): it names other files; add the video files themselves.', {
      file,
      kind: kind!.longName ?? name,
    });
  if (/^image2|_pipe$/.test(name)) return say('{{file}} is a picture, not a video; choose a video file.', { file });
  if (kind && name !== 'tty' && !readableContainers.split(',').some((known) => name.split(',').includes(known))) {
    return say('{{file}} is {{kind}}, a container that is not read here; convert it: {{command}}', {
      file,
      kind: kind.longName ?? name,
      command: conversionOf(file),
    });
  }
  if (kind && code === AVERROR_EOF)
    return say('{{file}} ends before its first picture; it was cut off: copy or record it again.', { file });
  return say('{{file}} is not a video file that can be read ({{reason}}).', { file, reason: reasonOf(code) });
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file).catch(() => null);
  if (!handle) return Buffer.alloc(0);
  try {
    // FFmpeg looks a little past what it is given.
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes - 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
