// Protects: .npy files that numpy reads and writes, and nothing damaged read as numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { npyHeader, npyHeaderBytes, readNpy, writeNpy } from './npy.ts';

/** numpy.save(numpy.array([[1, 2, 3], [4, 5, 6]], dtype), version 1.0), as numpy 2 writes it. */
function numpyFile(descr: string, numbers: Float32Array | Float64Array, extra = ''): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (2, 3), ${extra}}`.padEnd(117) + '\n';
  const head = Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, 118, 0])]);
  return Buffer.concat([head, Buffer.from(text), Buffer.from(numbers.buffer)]);
}

describe('npy', () => {
  it('writes byte for byte what numpy.save writes', () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect(Buffer.from(writeNpy({ data, shape: [2, 3] })).equals(numpyFile('<f4', data))).toBe(true);
  });

  it('reads what numpy.save writes', () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect(readNpy(numpyFile('<f8', data), 'x.npy')).toEqual({ data, shape: [2, 3] });
  });

  it('writes headers of one length, for any shape a video can have', () => {
    expect(npyHeader('float64', [1]).length).toBe(npyHeaderBytes);
    expect(npyHeader('float32', [99_999_999, 4096]).length).toBe(npyHeaderBytes);
  });

  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 60 }), fc.boolean(), (data, isFlat) => {
        const shape = isFlat ? [data.length] : [data.length, 1];
        expect(readNpy(writeNpy({ data, shape }), 'x.npy')).toEqual({ data, shape });
      }),
    );
  });

  it.each([
    ['text', Buffer.from('not numbers at all'), /no \.npy/],
    ['a cut-off header', npyHeader('float32', [2, 3]).subarray(0, 60), /cut off/],
    ['missing numbers', npyHeader('float32', [2, 3]), /promises 24 bytes/],
    [
      'too many numbers',
      Buffer.concat([writeNpy({ data: new Float32Array(6), shape: [6] }), Buffer.of(0)]),
      /promises/,
    ],
    ['whole numbers', numpyFile('<i8', new Float64Array(6)), /<i8/],
    ['big-endian numbers', numpyFile('>f4', new Float32Array(6)), />f4/],
    [
      'another version',
      Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([9, 0, 0, 0, 0, 0])]),
      /version/,
    ],
  ])('refuses %s', (_, file, reason) => {
    expect(() => readNpy(file, 'x.npy')).toThrow(reason);
    expect(() => readNpy(file, 'x.npy')).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
