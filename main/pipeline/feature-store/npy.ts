import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** A one- or two-dimensional array as numpy stores it. */
export interface NpyArray {
  readonly data: Float32Array | Float64Array;
  /** `[N]` or `[N, D]`, row-major. */
  readonly shape: readonly number[];
}

/** What a header says: how to read the bytes that follow it. */
export interface NpyHeader {
  readonly dtype: NpyType;
  readonly shape: readonly number[];
  /** Where the data begins. */
  readonly byteOffset: number;
}

export type NpyType = 'float16' | 'float32' | 'float64';

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
const descriptors: Record<NpyType, string> = { float16: '<f2', float32: '<f4', float64: '<f8' };
export const bytesPerNumber: Record<NpyType, number> = { float16: 2, float32: 4, float64: 8 };

/** Length of every header that `npyHeader` writes, so that a file can be appended to and its header written anew. */
export const npyHeaderBytes = 128;

/** A format 1.0 header of exactly 128 bytes. */
export const npyHeader = (dtype: NpyType, shape: readonly number[]): Uint8Array =>
  npyHeaderOf(descriptors[dtype], shape);

/** The same of any kind of numbers, as numpy describes it: `<f2`. */
export function npyHeaderOf(descriptor: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const header = new Uint8Array(npyHeaderBytes).fill(0x20);
  header.set(magic);
  header.set([1, 0], magic.length);
  new DataView(header.buffer).setUint16(magic.length + 2, npyHeaderBytes - magic.length - 4, true);
  new TextEncoder().encodeInto(text, header.subarray(magic.length + 4, npyHeaderBytes - 1));
  header[npyHeaderBytes - 1] = 0x0a;
  return header;
}

/** The bytes of a whole .npy file. */
export function writeNpy({ data, shape }: NpyArray): Uint8Array {
  const dtype = data instanceof Float32Array ? 'float32' : 'float64';
  if (data.length !== product(shape)) throw new RangeError(`${data.length} numbers do not fill [${shape.join(', ')}]`);
  const header = npyHeader(dtype, shape);
  const file = new Uint8Array(header.length + data.byteLength);
  file.set(header);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return file;
}

/**
 * Reads a whole .npy file of float16, float32 or float64 with one or two dimensions, format 1.0 to 3.0, row-major.
 * Fails with `bad-input` on anything else, on a cut-off file, and on a file longer than its header says.
 *
 * @param name of the file, for the message.
 */
export function readNpy(file: Uint8Array, name: string): NpyArray {
  const { dtype, shape, byteOffset } = readNpyHeader(file, name);
  const byteLength = product(shape) * bytesPerNumber[dtype];
  if (file.length !== byteOffset + byteLength) {
    throw invalid(
      name,
      say('its header promises {{byteLength}} bytes of numbers, there are {{present}}', {
        byteLength,
        present: file.length - byteOffset,
      }),
    );
  }
  // Copied, since numbers must lie on multiples of their own size.
  const { buffer } = Uint8Array.from(file.subarray(byteOffset));
  return { data: numbersOf(buffer, dtype), shape };
}

/** Numbers `[count]` as they are worked with: those of half the digits in float32, which holds them exactly. */
export function numbersOf(buffer: ArrayBuffer, dtype: NpyType): Float32Array | Float64Array {
  if (dtype === 'float16') return widened(buffer);
  return dtype === 'float32' ? new Float32Array(buffer) : new Float64Array(buffer);
}

/** Looked up: until code has run for long, V8 takes ten times as long to widen a number of a `Float16Array`. */
function widened(buffer: ArrayBuffer): Float32Array {
  const halves = new Uint16Array(buffer);
  const numbers = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index += 1) numbers[index] = ofHalf[halves[index]!]!;
  return numbers;
}

/** `[2¹⁶]` what the bits of each float16 stand for. */
export const ofHalf = new Float32Array(
  new Float16Array(Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits).buffer),
);

/** Reads the header at the beginning of a .npy file; the numbers need not be there. */
export function readNpyHeader(file: Uint8Array, name: string): NpyHeader {
  if (file.length < 10 || magic.some((byte, index) => file[index] !== byte))
    throw invalid(name, say('it is no .npy file'));
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isShort = file[6] === 1;
  if (!isShort && (file[6]! > 3 || file.length < 12))
    throw invalid(name, say('its format version is {{version}}', { version: file[6]! }));
  const textStart = isShort ? 10 : 12;
  const byteOffset = textStart + (isShort ? view.getUint16(8, true) : view.getUint32(8, true));
  if (byteOffset > file.length) throw invalid(name, say('its header is cut off'));
  const text = new TextDecoder('latin1').decode(file.subarray(textStart, byteOffset));
  const descriptor = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const dtype = (Object.keys(descriptors) as NpyType[]).find((type) => descriptors[type] === descriptor);
  if (!dtype)
    throw invalid(
      name,
      say('its numbers are {{descriptor}}, not little-endian float16, float32 or float64', {
        descriptor: descriptor ?? say('of no type'),
      }),
    );
  if (/'fortran_order'\s*:\s*(\w+)/.exec(text)?.[1] !== 'False') throw invalid(name, say('it is not row-major'));
  const dimensions = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  const shape = dimensions?.match(/\d+/g)?.map(Number) ?? [];
  if (shape.length < 1 || shape.length > 2)
    throw invalid(name, say('it has {{dimensions}} dimensions, not one or two', { dimensions: shape.length }));
  return { dtype, shape, byteOffset };
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const invalid = (name: string, reason: Saying): Failure =>
  new Failure(
    'bad-input',
    say('Cannot read {{name}}: {{reason}}. Write it with numpy.save as float32 or float64.', { name, reason }),
    { name },
  );
