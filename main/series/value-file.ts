import { open, type FileHandle } from 'node:fs/promises';

const bufferedNumbers = 1 << 14;

/** Numbers that are written one behind the other as they come, a piece at a time. */
export class ValueFile {
  readonly #file: FileHandle;
  readonly #buffer = new Float64Array(bufferedNumbers);
  #filled = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<ValueFile> {
    return new ValueFile(await open(path, 'w'));
  }

  /** Whether what is held should be written: call `flush` before adding more. */
  get isFull(): boolean {
    return this.#filled === bufferedNumbers;
  }

  add(value: number): void {
    this.#buffer[this.#filled] = value;
    this.#filled += 1;
  }

  async flush(): Promise<void> {
    const bytes = new Uint8Array(this.#buffer.buffer, 0, this.#filled * 8);
    for (let done = 0; done < bytes.length;) done += (await this.#file.write(bytes, done)).bytesWritten;
    this.#filled = 0;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
