import { writeFileSync } from 'node:fs';

const sampleRate = 48_000;

/** Writes a mono WAV file that is silent but for a loud tone during each of the given spans, in seconds. */
export function writeToneBursts(
  file: string,
  seconds: number,
  bursts: readonly (readonly [from: number, to: number])[],
): void {
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  for (let at = 0; at < samples.length; at += 1) {
    const time = at / sampleRate;
    if (bursts.some(([from, to]) => time >= from && time < to))
      samples[at] = 20_000 * Math.sin(2 * Math.PI * 440 * time);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  writeFileSync(file, Buffer.concat([header, Buffer.from(samples.buffer)]));
}
