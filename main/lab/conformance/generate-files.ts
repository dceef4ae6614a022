import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { numberedPicture } from '#e2e/clips/numbered-clip.ts';
import { fieldPairFilm, fieldPairTimes } from './field-pairs.ts';
import { layeredFilm } from './layered-film.ts';

/** One file to be made: from the numbered source, by what FFmpeg's program is told. */
interface Recipe {
  readonly name: string;
  readonly args: readonly string[];
  /** What is done after FFmpeg's program: joining, cutting; gets the made file's path and makes it the final one. */
  readonly afterwards?: (file: string, source: Source) => void;
}

interface Source {
  readonly args: readonly string[];
  readonly count: number;
}

const [width, height, fps, count] = [192, 128, 25, 100] as const;
const x264 = ['-c:v', 'libx264', '-preset', 'fast', '-g', '25', '-bf', '2', '-pix_fmt', 'yuv420p'];
const x265 = [
  '-c:v',
  'libx265',
  '-preset',
  'ultrafast',
  '-x265-params',
  'keyint=25:bframes=3:log-level=none',
  '-pix_fmt',
  'yuv420p',
];
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '3', '-g', '12', '-bf', '2'];
const mpeg4 = ['-c:v', 'mpeg4', '-q:v', '3', '-g', '25'];
const vp8 = [
  '-pix_fmt',
  'yuv420p',
  '-c:v',
  'libvpx',
  '-b:v',
  '1M',
  '-auto-alt-ref',
  '1',
  '-lag-in-frames',
  '16',
  '-g',
  '40',
];
const vp9 = [
  '-pix_fmt',
  'yuv420p',
  '-c:v',
  'libvpx-vp9',
  '-b:v',
  '1M',
  '-g',
  '40',
  '-deadline',
  'realtime',
  '-cpu-used',
  '8',
];
const av1 = ['-c:v', 'libsvtav1', '-preset', '12', '-g', '40'];
const mjpeg = ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'];
const hdr = ['-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc', '-color_trc'];
/** Uneven steps, as a screen recording or a telephone has them. */
const uneven = [
  '-vf',
  'settb=1/1000,setpts=40*N+15*mod(N*7\\,3)',
  '-fps_mode',
  'passthrough',
  '-enc_time_base',
  '1/1000',
];
/** Two fields of different moments in every picture. */
const fields = ['-vf', 'tinterlace=interleave_top,setfield=tff', '-flags', '+ildct+ilme'];

const recipes: readonly Recipe[] = [
  ...['mp4', 'mov', 'mkv', 'avi', 'ts', 'm2ts', 'flv', 'h264'].map((ext) => ({ name: `h264.${ext}`, args: x264 })),
  ...['mp4', 'mkv', 'ts', 'hevc'].map((ext) => ({ name: `hevc.${ext}`, args: x265 })),
  ...['mpg', 'vob', 'ts', 'mkv', 'm2v', 'avi'].map((ext) => ({ name: `mpeg2.${ext}`, args: mpeg2 })),
  ...['avi', 'mp4', 'mkv', 'm4v'].map((ext) => ({ name: `mpeg4.${ext}`, args: mpeg4 })),
  { name: 'mpeg4-b-frames.avi', args: [...mpeg4, '-bf', '2'] },
  { name: 'mpeg4-b-frames.mp4', args: [...mpeg4, '-bf', '2'] },
  { name: 'mpeg4-packed.avi', args: ['-c:v', 'libxvid', '-q:v', '3', '-bf', '2', '-g', '25'] },
  { name: 'msmpeg4.avi', args: ['-c:v', 'msmpeg4', '-q:v', '3'] },
  { name: 'wmv2.asf', args: ['-c:v', 'wmv2', '-q:v', '3'] },
  { name: 'flv1.flv', args: ['-c:v', 'flv', '-q:v', '3'] },
  { name: 'theora.ogg', args: ['-pix_fmt', 'yuv420p', '-c:v', 'libtheora', '-q:v', '8'] },
  { name: 'vp8.webm', args: vp8 },
  { name: 'vp8.mkv', args: vp8 },
  { name: 'vp8.ogg', args: vp8 },
  { name: 'vp9.webm', args: vp9 },
  { name: 'vp9.mp4', args: vp9 },
  {
    name: 'vp9-alt-ref.webm',
    args: ['-c:v', 'libvpx-vp9', '-b:v', '500k', '-auto-alt-ref', '1', '-lag-in-frames', '20', '-cpu-used', '5'],
  },
  { name: 'av1.mp4', args: av1 },
  { name: 'av1.mkv', args: av1 },
  { name: 'av1.webm', args: av1 },
  ...['avi', 'mov', 'mkv', 'mjpeg'].map((ext) => ({ name: `mjpeg.${ext}`, args: mjpeg })),
  { name: 'prores.mov', args: ['-c:v', 'prores_ks', '-profile:v', '3', '-pix_fmt', 'yuv422p10le'] },
  { name: 'prores-4444-alpha.mov', args: ['-c:v', 'prores_ks', '-profile:v', '4', '-pix_fmt', 'yuva444p10le'] },
  ...['dv', 'avi', 'mov'].map((ext) => ({
    name: `dv.${ext}`,
    args: ['-vf', 'scale=720:576:flags=neighbor,setfield=bff', '-c:v', 'dvvideo', '-pix_fmt', 'yuv420p'],
  })),
  { name: 'ffv1.mkv', args: ['-c:v', 'ffv1', '-pix_fmt', 'yuv420p'] },
  { name: 'ffv1.avi', args: ['-c:v', 'ffv1', '-pix_fmt', 'yuv444p'] },
  { name: 'ffv1-16-bit.mkv', args: ['-c:v', 'ffv1', '-pix_fmt', 'gbrp16le'] },
  { name: 'raw.avi', args: ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'] },
  { name: 'raw.mov', args: ['-c:v', 'rawvideo', '-pix_fmt', 'uyvy422'] },
  { name: 'raw.nut', args: ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'] },
  { name: 'fragmented.mp4', args: [...x264, '-movflags', 'frag_keyframe+empty_moov+default_base_moof'] },
  { name: 'open-gop.mp4', args: [...x264, '-x264-params', 'open-gop=1:keyint=20:bframes=3'] },
  { name: 'open-gop.ts', args: [...x264, '-x264-params', 'open-gop=1:keyint=20:bframes=3'] },
  { name: 'uneven.mp4', args: [...uneven, ...x264] },
  { name: 'uneven.mkv', args: [...uneven, ...x264] },
  { name: 'uneven.webm', args: [...uneven, ...vp9] },
  { name: 'offset.mp4', args: [...x264, '-output_ts_offset', '3600'] },
  { name: 'offset.mkv', args: [...x264, '-output_ts_offset', '7.5'] },
  { name: 'offset.ts', args: [...x264, '-output_ts_offset', '30000'] },
  { name: 'edit-list.mp4', args: x264, afterwards: cutWithoutDecoding },
  { name: 'edit-list.mov', args: x264, afterwards: cutWithoutDecoding },
  { name: 'interlaced-flag.mp4', args: [...x264, '-x264-params', 'tff=1:keyint=25'] },
  { name: 'interlaced-fields.mp4', args: [...fields, ...x264, '-x264-params', 'tff=1'] },
  { name: 'interlaced-fields.m2ts', args: [...fields, ...x264, '-x264-params', 'tff=1'] },
  { name: 'interlaced-fields.vob', args: [...fields, ...mpeg2] },
  { name: 'rotated.mov', args: [...x264, '-metadata:s:v:0', 'rotate=90'] },
  { name: 'rotated.mp4', args: [...x264, '-metadata:s:v:0', 'rotate=180'] },
  { name: 'wide-pixels.mp4', args: ['-vf', 'setsar=64/51', ...x264] },
  { name: 'wide-pixels.mkv', args: ['-vf', 'setsar=8/9', ...mpeg2] },
  { name: 'ten-bit.mp4', args: [...x264.slice(0, -1), 'yuv420p10le'] },
  { name: 'ten-bit.mkv', args: [...x265.slice(0, -1), 'yuv422p10le'] },
  { name: 'full-range.mp4', args: ['-vf', 'scale=out_range=full', ...x264, '-color_range', 'pc'] },
  { name: 'pq.mp4', args: [...x265.slice(0, -2), ...hdr, 'smpte2084'] },
  { name: 'hlg.mp4', args: [...x265.slice(0, -2), ...hdr, 'arib-std-b67'] },
  { name: 'odd-size.mkv', args: ['-vf', 'crop=191:127:0:0', '-c:v', 'ffv1', '-pix_fmt', 'yuv444p'] },
  { name: 'odd-size.webm', args: ['-vf', 'crop=191:127:0:0', ...vp8] },
  { name: 'size-change.ts', args: mpeg2, afterwards: joinedWith(['-vf', 'scale=320:176:flags=neighbor', ...mpeg2]) },
  { name: 'joined.ts', args: x264, afterwards: joinedWith(x264) },
  { name: 'joined.vob', args: mpeg2, afterwards: joinedWith(mpeg2) },
  { name: 'joined.mpg', args: mpeg2, afterwards: joinedWith(mpeg2) },
  { name: 'joined.mkv', args: x264, afterwards: joinedWith(x264) },
  { name: 'joined.webm', args: vp8, afterwards: joinedWith(vp8) },
  { name: 'joined.h264', args: x264, afterwards: joinedWith(x264) },
  { name: 'wrap.ts', args: [...x264, '-output_ts_offset', '95441'] },
  { name: 'wrap.mpg', args: [...mpeg2, '-output_ts_offset', '95441'] },
  { name: 'unix-time.mkv', args: [...x264, '-output_ts_offset', '1700000000'] },
  { name: 'chapter.mp4', args: x264, afterwards: secondChapter },
  { name: 'chapter.mov', args: x264, afterwards: secondChapter },
  { name: 'chapter.ts', args: x264, afterwards: secondChapter },
  ...['h264', 'mp4', 'mkv', 'ts'].map((ext) => ({ name: `field-pairs.${ext}`, args: x264, afterwards: asFieldPairs })),
  ...['webm', 'mkv', 'mp4'].map((ext) => ({ name: `layered.${ext}`, args: vp9, afterwards: asLayers })),
  { name: 'switched-off.mp4', args: x264, afterwards: besideSwitchedOff },
  { name: 'switched-off.mov', args: x264, afterwards: besideSwitchedOff },
  { name: 'ycgco.mkv', args: [...x264.slice(0, -1), 'yuv444p', '-colorspace', 'ycgco'] },
  { name: 'ictcp.mp4', args: [...x265.slice(0, -2), ...hdr, 'smpte2084', '-colorspace', 'ictcp'] },
  { name: 'constant-luminance.mkv', args: [...x265.slice(0, -2), ...hdr, 'bt2020-10', '-colorspace', 'bt2020c'] },
  { name: 'grey-ten-bit.mkv', args: ['-c:v', 'ffv1', '-pix_fmt', 'gray10le'] },
  { name: 'alpha.webm', args: [...vp9.slice(2), '-pix_fmt', 'yuva420p'] },
  { name: 'alpha.mov', args: ['-c:v', 'qtrle', '-pix_fmt', 'argb'] },
  { name: 'alpha.avi', args: ['-c:v', 'ffvhuff', '-pix_fmt', 'yuva420p'] },
  { name: 'animation.apng', args: ['-f', 'apng', '-pix_fmt', 'rgba'] },
  { name: 'animation.gif', args: [] },
  { name: 'odd-size.mp4', args: ['-vf', 'crop=191:127:0:0', '-c:v', 'libx264', '-bf', '2', '-pix_fmt', 'yuv444p'] },
  { name: 'odd-size.avi', args: ['-vf', 'crop=191:127:0:0', ...mjpeg] },
  {
    name: 'dv-ntsc.dv',
    args: ['-r', '30000/1001', '-vf', 'scale=720:480:flags=neighbor', '-c:v', 'dvvideo', '-pix_fmt', 'yuv411p'],
  },
];

/** Makes every file into `folder` with FFmpeg's program; what this build of it cannot encode is named and left out. */
export async function generateFiles(folder: string, say: (line: string) => void): Promise<readonly string[]> {
  const raw = path.join(folder, 'source.rgb');
  for (let number = 0; number < count; number += 1) appendFileSync(raw, numberedPicture(number, width, height));
  const source = {
    args: ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(fps), '-i', raw],
    count,
  };
  const made = recipes.flatMap((recipe) => {
    const file = path.join(folder, recipe.name);
    const failure = encode(source.args, recipe.args, file);
    if (failure !== null) {
      say(`${recipe.name} is left out: ${failure}`);
      return [];
    }
    recipe.afterwards?.(file, source);
    return [file];
  });
  rmSync(raw);
  return made;
}

/** Null where it worked, else the program's last word. */
function encode(source: readonly string[], args: readonly string[], file: string): string | null {
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...source, ...args, file], { encoding: 'utf8' });
  return status === 0 ? null : (stderr.trim().split('\n').at(-1) ?? 'FFmpeg failed');
}

/** Copies from half a second on: the edit list says to skip to there, the pictures before it stay in the file. */
function cutWithoutDecoding(file: string): void {
  const whole = file.replace(/(\.\w+)$/, '.whole$1');
  writeFileSync(whole, readFileSync(file));
  encode(['-ss', '0.5', '-i', whole], ['-c', 'copy'], file);
  rmSync(whole);
}

/** Leaves the second of the files into which cameras cut one recording: its clock goes on from the first. */
function secondChapter(file: string): void {
  const whole = file.replace(/(\.\w+)$/, '.whole$1');
  renameSync(file, whole);
  const chapter = (number: number): string => file.replace(/(\.\w+)$/, `.${number}$1`);
  const pattern = file.replace(/(\.\w+)$/, '.%d$1');
  encode(['-i', whole], ['-c', 'copy', '-f', 'segment', '-segment_time', '2'], pattern);
  renameSync(chapter(1), file);
  rmSync(whole);
  rmSync(chapter(0));
}

/** The numbered pictures as pairs of field pictures; FFmpeg's program gives them times and a container. */
function asFieldPairs(file: string): void {
  const raw = fieldPairFilm(count, width, height, (number) => {
    const rgb = numberedPicture(number, width, height);
    return Uint8Array.from({ length: width * height }, (_, at) => Math.round(16 + (rgb[3 * at + 1]! * 219) / 255));
  });
  if (file.endsWith('.h264')) {
    writeFileSync(file, raw);
    return;
  }
  const stream = `${file}.h264`;
  const timed = `${file}.timed.mp4`;
  writeFileSync(stream, raw);
  encode(['-i', stream], ['-c', 'copy', '-bsf:v', fieldPairTimes], timed);
  encode(['-i', timed], ['-c', 'copy'], file);
  rmSync(stream);
  rmSync(timed);
}

/** The film as the upper of two layers in every packet. */
function asLayers(file: string, source: Source): void {
  const [base, top] = [`${file}.base.ivf`, `${file}.top.ivf`];
  const keys = ['-pix_fmt', 'yuv420p', '-c:v', 'libvpx-vp9', '-g', '1', '-deadline', 'realtime', '-cpu-used', '8'];
  encode(source.args, ['-vf', 'scale=96:64,negate', ...keys, '-b:v', '100k'], base);
  encode(source.args, [...keys, '-b:v', '2M'], top);
  writeFileSync(top, layeredFilm(readFileSync(base), readFileSync(top)));
  encode(['-i', top], ['-c', 'copy'], file);
  rmSync(base);
  rmSync(top);
}

/** Puts a larger film, switched off, before the one that is shown. */
function besideSwitchedOff(file: string, source: Source): void {
  const [shown, other] = ['.shown.mp4', '.other.mp4'].map((ending) => file + ending) as [string, string];
  renameSync(file, shown);
  encode(source.args, ['-vf', 'scale=320:176:flags=neighbor,negate', ...x264], other);
  const marks = ['-disposition:v:0', '0', '-disposition:v:1', 'default'];
  encode(['-i', other, '-i', shown], ['-map', '0', '-map', '1', '-c', 'copy', ...marks], file);
  rmSync(shown);
  rmSync(other);
}

/** Puts another film behind the file, byte for byte, as `cat` does: its clock starts over. */
function joinedWith(args: readonly string[]): (file: string, source: Source) => void {
  return (file, source) => {
    const second = file.replace(/(\.\w+)$/, '.second$1');
    encode(source.args, args, second);
    appendFileSync(file, readFileSync(second));
    rmSync(second);
  };
}
