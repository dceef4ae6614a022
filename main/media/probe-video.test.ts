// A probe's frame table is what decoding gives, and a file that is no video gives one clear failure, never a crash.
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { timeVariants } from '#e2e/clips/time-variants.ts';
import { writeToneBursts } from '#e2e/clips/tone-bursts.ts';
import { sharedSample, sharedSamples } from '#e2e/shared-samples.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { PacketDecoder } from './decode-packets.ts';
import { playerTimelineOf, playerUs, presentationTicks } from './player-timeline.ts';
import { probeVideo } from './probe-video.ts';
import { openVideoFile } from './video-file.ts';
import { english } from '#preload/domain/saying.ts';

/** When every frame that the decoder gives is shown, in the order in which it gives them; one whose time it does not know lasts on. */
async function decodedTimes(file: string): Promise<number[]> {
  await using video = await openVideoFile(file);
  using decoder = (await PacketDecoder.open(video.video, false))!;
  const timeline = playerTimelineOf(video.format, video.video);
  const times: number[] = [];
  for await (const frame of decoder.frames(video.format)) {
    const ticks = presentationTicks(frame);
    times.push(ticks === null ? 2 * times.at(-1)! - times.at(-2)! : playerUs(ticks, timeline));
  }
  return times;
}

/** A film of one track whose data reference is an alias of a file beside it (QuickTime File Format, "Data Reference Atoms"). */
function withPicturesIn(film: Buffer, target: string): Buffer {
  const sized = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + content.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, content]);
  };
  const tagged = (tag: number, text: string): Buffer => {
    const bytes = Buffer.alloc(4 + text.length + (text.length % 2));
    bytes.writeInt16BE(tag);
    bytes.writeUInt16BE(text.length, 2);
    bytes.write(text, 4, 'latin1');
    return bytes;
  };
  // Volume and name as counted texts at their places, one folder up from each file to their common one.
  const fixed = Buffer.alloc(154);
  fixed.write('\u0004disk', 14, 'latin1');
  fixed.write(`${String.fromCodePoint(path.basename(target).length)}${path.basename(target)}`, 54, 'latin1');
  fixed.writeInt16BE(1, 134);
  fixed.writeInt16BE(1, 136);
  const alias = sized(
    'alis',
    Buffer.concat([fixed, tagged(2, target.replaceAll('/', ':')), tagged(18, target), Buffer.of(0xff, 0xff, 0, 0)]),
  );
  const reference = sized('dref', Buffer.concat([Buffer.of(0, 0, 0, 0, 0, 0, 0, 1), alias]));
  const at = film.indexOf('dref') - 4;
  const length = film.readUInt32BE(at);
  const changed = Buffer.concat([film.subarray(0, at), reference, film.subarray(at + length)]);
  for (const holder of ['moov', 'trak', 'mdia', 'minf', 'dinf']) {
    const place = changed.lastIndexOf(holder, at) - 4;
    changed.writeUInt32BE(changed.readUInt32BE(place) + reference.length - length, place);
  }
  return changed;
}

interface Expected {
  readonly rotation: number;
  readonly audio_only?: boolean;
  readonly vfr?: boolean;
  readonly video?: {
    readonly w: number;
    readonly h: number;
    readonly pix_fmt: string;
    readonly frames_decoded: number;
    readonly decode_errors: number;
    readonly first_pts: number;
    readonly last_pts: number;
  };
}

describe('files of other programs', () => {
  test.each([
    // Where every picture has its time, or the decoder knows it.
    ['interlaced.mp4', 'h264', [64, 64], 30],
    ['hidden.webm', 'vp8', [160, 120], 19],
    ['long-gop.mpegts', 'h264', [64, 48], 75],
    ['alpha.mov', 'png', [64, 48], 2],
  ])('%s', async (name, codec, codedSize, frames) => {
    const file = path.join(import.meta.dirname, 'fixtures', name);
    const probe = await probeVideo(file);
    expect([...probe.frameTable.startsUs()]).toEqual(await decodedTimes(file));
    expect(probe.frameTable.frameCount).toBe(frames);
    expect(probe).toMatchObject({ codec, damagedPackets: 0, rotation: 0 });
    expect([probe.codedWidth, probe.codedHeight]).toEqual(codedSize);
  });
});

const samples = sharedSamples
  ? Object.entries(JSON.parse(readFileSync(sharedSample('video', 'probe.json'), 'utf8')) as Record<string, Expected>)
  : [];

describe.skipIf(!sharedSamples)('recordings beside the checkout', () => {
  test.each(samples)('%s', async (name, expected) => {
    const file = sharedSample('video', name);
    if (expected.audio_only || !expected.video) {
      await expect(probeVideo(file)).rejects.toMatchObject({ name: 'Failure', code: 'no-video-stream' });
      return;
    }
    const { w, h, pix_fmt, frames_decoded, decode_errors, first_pts, last_pts } = expected.video;
    const probe = await probeVideo(file);
    const times = [...probe.frameTable.startsUs()];
    expect(times).toEqual(await decodedTimes(file));
    expect(times.length).toBe(frames_decoded);
    expect(secondsOf(times[0]!)).toBeCloseTo(first_pts, 5);
    expect(secondsOf(times.at(-1)!)).toBeCloseTo(last_pts, 5);
    expect(probe).toMatchObject({ codedWidth: w, codedHeight: h, pixelFormat: pix_fmt, rotation: expected.rotation });
    expect(probe.variableFrameRate).toBe(expected.vfr);
    expect(probe.damagedPackets).toBe(decode_errors);
    expect(probe.warnings.length > 0).toBe(decode_errors > 0 || probe.times !== 'stored');
  });
});

describe('clips made here', () => {
  test.each(Object.entries(timeVariants))('%s', async (name, { clip, startsUs }) => {
    const file = path.join(temporaryFolder(), 'clip.mp4');
    await writeNumberedClip(file, clip);
    const probe = await probeVideo(file);
    expect([...probe.frameTable.startsUs()]).toEqual(startsUs);
    expect(await decodedTimes(file)).toEqual(startsUs);
    expect(probe).toMatchObject({
      codec: 'h264',
      pixelFormat: 'yuv420p',
      width: 192,
      height: 128,
      rotation: [0, -90, 180, 90][clip.quarterTurns ?? 0],
      variableFrameRate: name === 'variable frame rate',
      damagedPackets: 0,
      warnings: [],
    });
    const [wide, high] = clip.sampleAspectRatio ?? [1, 1];
    const stored = clip.quarterTurns === undefined ? [(192 * high) / wide, 128] : [128, 192];
    expect([probe.codedWidth, probe.codedHeight]).toEqual(stored);
  });

  test.each([
    'with spaces.mp4',
    'quo"te\'s.mp4',
    '#hash.mp4',
    '100%d%20.mp4',
    '影片.mp4',
    '🎬.mp4',
    'concat:a|b.mp4',
    '-y.mp4',
  ])('a file named %s', async (name) => {
    const file = path.join(temporaryFolder(), name);
    await writeNumberedClip(file, { startsUs: [0, 40_000, 80_000] });
    expect((await probeVideo(file)).frameTable.frameCount).toBe(3);
  });
});

describe('what is no usable video', () => {
  const clip = async (folder: string): Promise<Buffer> => {
    const file = path.join(folder, 'good.mp4');
    await writeNumberedClip(file, {
      startsUs: Array.from({ length: 60 }, (_, index) => index * 40_000),
      gop: 20,
      crf: 5,
    });
    return readFileSync(file);
  };
  const written = (bytes: Uint8Array | string, name = 'file.mp4'): string => {
    const file = path.join(temporaryFolder(), name);
    writeFileSync(file, bytes);
    return file;
  };

  test('missing, empty, a folder', async () => {
    const folder = temporaryFolder();
    await expect(probeVideo(path.join(folder, 'none.mp4'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(probeVideo(written(''))).rejects.toMatchObject({ code: 'unreadable-video', message: /is empty/ });
    mkdirSync(path.join(folder, 'videos.mp4'));
    await expect(probeVideo(path.join(folder, 'videos.mp4'))).rejects.toMatchObject({ code: 'bad-input' });
  });

  // Other systems refuse such names.
  test.runIf(process.platform === 'linux')('a name that is not UTF-8 is the reason', async () => {
    const folder = temporaryFolder();
    writeFileSync(Buffer.concat([Buffer.from(path.join(folder, 'caf')), Buffer.of(0xe9), Buffer.from('.mp4')]), 'film');
    const [listed] = readdirSync(folder);
    await expect(probeVideo(path.join(folder, listed!))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/caf\uFFFD\.mp4 has a name that is not UTF-8 .* rename it/u),
    });
  });

  test.each([
    ['text', 'Meeting notes, Monday.\n'.repeat(200), 'notes.txt'],
    ['text that claims to be a video', 'Meeting notes, Monday.\n'.repeat(200), 'notes.mp4'],
    ['a playlist that names another file', '#EXTM3U\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n', 'list.m3u8'],
    ['a playlist that is named as a film', '#EXTM3U\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n', 'film.mp4'],
    [
      'a playlist of locked parts',
      '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="file:/etc/passwd"\n#EXTINF:9,\na.ts\n',
      'a.ts',
    ],
    ['a list of files to join that is named as a film', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'film.mkv'],
    ['a description of a broadcast', 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nt=0 0\nm=video 9 RTP/AVP 96\n', 'a.mp4'],
    ['chapters alone', ';FFMETADATA1\ntitle=x\n[CHAPTER]\nSTART=0\nEND=9\n', 'film.mp4'],
    ['an index of subtitles', '# VobSub index file, v7\nsize: 720x576\nid: en, index: 0\n', 'film.idx'],
    ['a script that makes pictures', 'AviSource("/etc/passwd")\n', 'film.avs'],
    ['a list of files to join', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'list.ffconcat'],
  ])('%s', async (_, text, name) => {
    await expect(probeVideo(written(text, name))).rejects.toMatchObject({ code: 'unreadable-video' });
  });

  test('pictures that a QuickTime film says to be in another file are not read from there', async () => {
    const folder = temporaryFolder();
    const film = readFileSync(path.join(import.meta.dirname, 'fixtures', 'interlaced.mp4'));
    const other = path.join(folder, 'other.mp4');
    writeFileSync(other, film);
    await expect(probeVideo(other)).resolves.toMatchObject({ codec: 'h264' });
    await expect(probeVideo(written(withPicturesIn(film, other), 'film.mov'))).rejects.toMatchObject({
      code: 'unreadable-video',
    });
  });

  test('a playlist asks nobody for what it names', async () => {
    let asked = 0;
    const server = createServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const part = `http://127.0.0.1:${port}/part.ts`;
    const playlists = [
      `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${part}\n#EXT-X-ENDLIST\n`,
      `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${part}\n`,
      `<?xml version="1.0"?><MPD type="static" mediaPresentationDuration="PT9S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${part}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
      `ffconcat version 1.0\nfile '${part}'\n`,
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\n`,
    ];
    for (const text of playlists)
      for (const name of ['film.mp4', 'list.m3u8', 'film.ts', 'film.mpd'])
        await expect(probeVideo(written(text, name))).rejects.toMatchObject({ code: 'unreadable-video' });
    server.close();
    expect(asked).toBe(0);
  });

  test('sound alone', async () => {
    const file = path.join(temporaryFolder(), 'sound.wav');
    writeToneBursts(file, 1, [[0, 1]]);
    await expect(probeVideo(file)).rejects.toMatchObject({ name: 'Failure', code: 'no-video-stream' });
  });

  test('an MP4 that lacks its index says so', async () => {
    const bytes = await clip(temporaryFolder());
    const movie = bytes.indexOf('moov') - 4;
    const withoutIndex = Buffer.concat([bytes.subarray(0, movie), bytes.subarray(movie + bytes.readUInt32BE(movie))]);
    const failing = probeVideo(written(withoutIndex));
    await expect(failing).rejects.toMatchObject({ code: 'unreadable-video', message: /no index/ });
  });

  test('a film that begins late is whole: its length is stated from zero', async () => {
    const probe = await probeVideo(path.join(import.meta.dirname, 'fixtures', 'late.mkv'));
    expect(probe.frameTable.firstStartUs).toBe(5_000_000);
    expect(probe.warnings).toEqual([]);
  });

  test('a truncated file keeps the frames that are whole, and tells', async () => {
    const bytes = await clip(temporaryFolder());
    const file = written(bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const probe = await probeVideo(file);
    expect(probe.frameTable.frameCount).toBeGreaterThan(8);
    expect(probe.frameTable.frameCount).toBeLessThan(60);
    expect([...probe.frameTable.startsUs()]).toEqual(await decodedTimes(file));
    expect(probe.damagedPackets).toBe(1);
    expect(probe.warnings.map(english).join(' ')).toMatch(/cut off/);
  });

  test('a file whose second half is noise keeps its first half, and tells', async () => {
    const bytes = await clip(temporaryFolder());
    for (let at = bytes.length >> 1; at < bytes.length; at += 1) bytes[at] = (at * 7919) % 251;
    const probe = await probeVideo(written(bytes));
    expect(probe.frameTable.frameCount).toBeGreaterThan(8);
    expect(probe.damagedPackets).toBeGreaterThan(5);
    expect(probe.browserPlayable).toBe(false);
  });

  test('cancelling ends it', async () => {
    const file = path.join(temporaryFolder(), 'clip.mp4');
    await writeNumberedClip(file, { startsUs: [0, 40_000] });
    await expect(probeVideo(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
