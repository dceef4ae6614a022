import type { z } from 'zod';
import type { RowFault } from '../annotation-set.ts';

/** Checks rows one by one: good ones are answered, the others are kept as faults. */
export class RowReader {
  readonly faults: RowFault[] = [];

  /**
   * @param place in words, for a person: `line 4, row 3`
   * @param path what a fault is found under, as far as the row: `annotations.2`
   * @param separator between the path and a field of the row
   */
  read<Schema extends z.ZodType>(
    schema: Schema,
    value: unknown,
    at: { readonly place: string; readonly path: string; readonly separator?: string },
  ): z.infer<Schema> | null {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const field = issue!.path.join('.');
    const { place, path, separator = '.' } = at;
    const reason = field === '' ? issue!.message : `${field}: ${issue!.message}`;
    this.refuse(place, reason, field === '' ? `${path}: ${reason}` : `${path}${separator}${reason}`);
    return null;
  }

  refuse(place: string, reason: string, said: string): void {
    this.faults.push({ place, reason, said });
  }
}

/** Names in the order of their first appearance, with the number that each has. */
export class NameList {
  readonly #indices = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    this.#indices.set(name, this.#indices.size);
    return this.#indices.size - 1;
  }

  get names(): string[] {
    return [...this.#indices.keys()];
  }
}
