import type { z } from 'zod';
import type { RowFault } from '../annotation-set.ts';
import { say, type Saying, type Told } from '#preload/domain/saying.ts';
import { saidIssue } from '#preload/domain/said-issue.ts';

/** Checks rows one by one: good ones are answered, the others are kept as faults. */
export class RowReader {
  readonly faults: RowFault[] = [];

  /** @param path where a fault is found, as keys down to the row, `annotations.2`; left out where the place says it */
  read<Schema extends z.ZodType>(
    schema: Schema,
    value: unknown,
    { place, path }: { readonly place: Told; readonly path?: string },
  ): z.infer<Schema> | null {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0]!;
    const reason = saidIssue(issue);
    this.refuse(
      place,
      reason,
      path === undefined
        ? say('{{place}}, {{fault}}', { place, fault: reason })
        : saidIssue({ ...issue, path: [path, ...issue.path] }),
    );
    return null;
  }

  /** @param said both in one sentence, where it is another than place and reason beside each other */
  refuse(place: Told, reason: Saying, said = say('{{place}}: {{fault}}', { place, fault: reason })): void {
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
