import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

const bytesPerElement = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1 } as const;
export type StoredType = keyof typeof bytesPerElement;

/** One tensor's place in a safetensors file; `offset` counts from the start of the file. */
export interface StoredTensor {
  readonly file: string;
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly byteLength: number;
}

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const headerSchema = z.record(z.string(), z.unknown());

/**
 * Reads the header of a safetensors file (huggingface/safetensors README, "Format") and checks all of it against the
 * size of the file: every tensor lies inside, is as long as its shape says, and none overlap. Nothing else is read.
 * Tensors of a type that cannot be read fail, or where somebody wants to hear of them go to `ofOtherType` and are left out:
 * a model may not need them.
 */
export function readSafetensorsHeader(
  file: string,
  ofOtherType: (tensor: { readonly name: string; readonly type: string }) => void = ({ name, type }) => {
    throw otherType(file, name, type);
  },
): Map<string, StoredTensor> {
  return withFile(file, (descriptor) => {
    const size = fstatSync(descriptor).size;
    const headerLength = lengthOfHeader(descriptor, file, size);
    const dataStart = 8 + headerLength;
    const tensors = new Map<string, StoredTensor>();
    for (const [name, value] of Object.entries(parseHeader(file, readBytes(descriptor, file, 8, headerLength)))) {
      if (name === '__metadata__') continue;
      const entry = readEntry(file, name, value);
      if (entry.dtype in bytesPerElement) tensors.set(name, placeTensor(file, name, entry, dataStart, size));
      else ofOtherType({ name, type: entry.dtype });
    }
    checkOverlap(file, tensors);
    return tensors;
  });
}

/** The text metadata of a safetensors file; empty where it has none. */
export function readSafetensorsMetadata(file: string): Readonly<Record<string, string>> {
  return withFile(file, (descriptor) => {
    const headerLength = lengthOfHeader(descriptor, file, fstatSync(descriptor).size);
    const { __metadata__: metadata } = parseHeader(file, readBytes(descriptor, file, 8, headerLength));
    return z.record(z.string(), z.string()).catch({}).parse(metadata);
  });
}

function lengthOfHeader(descriptor: number, file: string, size: number): number {
  const length = size < 8 ? Number.NaN : Number(readBytes(descriptor, file, 0, 8).readBigUInt64LE());
  if (!(length <= size - 8)) {
    throw unreadable(
      file,
      say('is cut off or not a safetensors file: its {{size}} bytes are too few for the header it announces', { size }),
    );
  }
  if (length > budgets.weightsHeaderBytes)
    throw unreadable(
      file,
      say('has a header of {{length}} bytes, more than the {{weightsHeaderBytes}} that are read', {
        length,
        weightsHeaderBytes: budgets.weightsHeaderBytes,
      }),
    );
  return length;
}

function parseHeader(file: string, bytes: Buffer): Record<string, unknown> {
  try {
    return headerSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw unreadable(file, say('has a header that is not JSON'), undefined, cause);
  }
}

function readEntry(file: string, name: string, value: unknown): z.infer<typeof entrySchema> {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success)
    throw unreadable(file, say("describes tensor '{{name}}' in a way that cannot be read", { name }), name);
  return parsed.data;
}

function placeTensor(
  file: string,
  name: string,
  { dtype, shape, data_offsets: [start, end] }: z.infer<typeof entrySchema>,
  dataStart: number,
  fileSize: number,
): StoredTensor {
  const type = dtype as StoredType;
  const byteLength = shape.reduce((product, size) => product * size, bytesPerElement[type]);
  if (end - start !== byteLength) {
    throw unreadable(
      file,
      say("lies about tensor '{{name}}': {{dtype}} [{{shape}}] takes {{byteLength}} bytes, not {{end}}", {
        name,
        dtype,
        shape: shape.join(', '),
        byteLength,
        end: end - start,
      }),
      name,
    );
  }
  if (dataStart + end > fileSize)
    throw unreadable(file, say("is cut off: tensor '{{name}}' ends after the end of the file", { name }), name);
  return { file, name, type, shape, offset: dataStart + start, byteLength };
}

function checkOverlap(file: string, tensors: ReadonlyMap<string, StoredTensor>): void {
  let end = 0;
  for (const { name, offset, byteLength } of [...tensors.values()].toSorted((a, b) => a.offset - b.offset)) {
    if (offset < end) throw unreadable(file, say("lies about tensor '{{name}}': it overlaps another", { name }), name);
    end = offset + byteLength;
  }
}

/** The bytes of one tensor, as the file holds them. Fails if the file has been cut since its header was read. */
export function readTensorBytes(tensor: StoredTensor): Buffer {
  return withFile(tensor.file, (descriptor) =>
    readBytes(descriptor, tensor.file, tensor.offset, tensor.byteLength, tensor.name),
  );
}

/** The bytes of one tensor piece by piece, each a whole number of 8-byte words except perhaps the last; the buffer is reused. */
export function* readTensorPieces(tensor: StoredTensor, pieceBytes = 1 << 22): Generator<Buffer> {
  const descriptor = openSync(tensor.file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(pieceBytes, tensor.byteLength));
    for (let done = 0; done < tensor.byteLength; done += pieceBytes) {
      const piece = buffer.subarray(0, Math.min(pieceBytes, tensor.byteLength - done));
      fill(descriptor, tensor.file, piece, tensor.offset + done, tensor.name);
      yield piece;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The failure that every fault of a checkpoint file becomes: names the file, the tensor where there is one, and what to do. */
export function unreadable(
  file: string,
  fault: Saying,
  tensor?: string,
  cause?: unknown,
  advice = say('Download or copy the model again.'),
): Failure {
  const details = tensor === undefined ? { file } : { file, tensor };
  return new Failure('unreadable-model', say('{{file}} {{fault}}. {{advice}}', { file, fault, advice }), details, {
    cause,
  });
}

/** The failure of a tensor in a number format that is not read, quantised ones such as F8 among them. */
export const otherType = (file: string, tensor: string, type: string): Failure =>
  unreadable(
    file,
    say("stores tensor '{{name}}' as {{type}}, which is not supported", { name: tensor, type }),
    tensor,
    undefined,
    say('Take the model in F32, F16 or BF16, or convert it to one of them.'),
  );

function withFile<T>(file: string, use: (descriptor: number) => T): T {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    throw unreadable(file, say('cannot be opened'), undefined, cause);
  }
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readBytes(descriptor: number, file: string, offset: number, length: number, tensor?: string): Buffer {
  const bytes = Buffer.alloc(length);
  fill(descriptor, file, bytes, offset, tensor);
  return bytes;
}

function fill(descriptor: number, file: string, into: Buffer, offset: number, tensor?: string): void {
  for (let done = 0; done < into.length;) {
    // One read call moves less than 2 GiB on every system.
    const read = readSync(descriptor, into, done, Math.min(into.length - done, 1 << 30), offset + done);
    if (read === 0) throw unreadable(file, say('is cut off'), tensor);
    done += read;
  }
}
