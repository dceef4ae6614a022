import { FFmpegError, Log } from 'node-av/lib';
import type { Rational } from 'node-av/lib';
import { AVERROR_EACCES, AVERROR_ENOSPC, AVERROR_EPERM, AV_LOG_QUIET, AV_NOPTS_VALUE } from 'node-av/constants';

/** FFmpeg writes to stderr by itself; everything worth knowing comes back as a code, so it is told to be silent. */
export function silenceFfmpeg(): void {
  Log.setLevel(AV_LOG_QUIET);
}

/** An FFmpeg call that went wrong; `code` names the system's reason as Node does, where there is one. */
export class FfmpegError extends Error {
  override readonly name = 'FfmpegError';
  readonly code: string | null;

  constructor(code: number, doing: string) {
    super(`${doing}: ${reasonOf(code)}`);
    this.code = systemReasons[code] ?? null;
  }
}

const systemReasons: Readonly<Record<number, string>> = {
  [AVERROR_ENOSPC]: 'ENOSPC',
  [AVERROR_EACCES]: 'EACCES',
  [AVERROR_EPERM]: 'EPERM',
  // FFmpeg's AVERROR(EROFS), for which node-av has no name.
  [-30]: 'EROFS',
};

/** Pictures with more pixels than this (8192 x 8192) are no film; a few bytes can claim billions. */
export const mostPixels = 2 ** 26;

/** `code` itself when FFmpeg succeeded; otherwise throws an `FfmpegError` that says what was being done. */
export function expectOk(code: number, doing: string): number {
  if (code < 0) throw new FfmpegError(code, doing);
  return code;
}

/** FFmpeg's own words for an error code. */
export const reasonOf = (code: number): string => FFmpegError.strerror(code);

/** A time stamp in ticks, or null where the container gives none. */
export const ticksOrNull = (ticks: bigint): bigint | null => (ticks === AV_NOPTS_VALUE ? null : ticks);

/** Ticks of a time base as whole microseconds, halves away from zero, as `av_rescale_q` rounds and so as browsers do. */
export function microsecondsOfTicks(ticks: bigint, timeBase: Rational): number {
  return Number(divideRounding(ticks * BigInt(timeBase.num) * 1_000_000n, BigInt(timeBase.den)));
}

/** The nearest tick of a time base to a time in microseconds. */
export function ticksOfMicroseconds(us: number, timeBase: Rational): bigint {
  return divideRounding(BigInt(Math.round(us)) * BigInt(timeBase.den), BigInt(timeBase.num) * 1_000_000n);
}

function divideRounding(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n;
  return numerator < 0n ? -((-numerator + half) / denominator) : (numerator + half) / denominator;
}
