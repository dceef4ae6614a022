/** What is chosen of a list, and from where a range reaches. */
export interface ChosenMany {
  readonly chosen: ReadonlySet<number>;
  readonly anchorId: number | null;
}

export const nothingChosenYet: ChosenMany = { chosen: new Set(), anchorId: null };

/** What a click or a key asks for: this one alone, this one in or out, everything from the anchor up to it. */
type HowChosen = 'alone' | 'in-or-out' | 'up-to';

/** The choice after `id` of the list `ids` was asked for. Pure. */
export function chooseIn(ids: readonly number[], before: ChosenMany, id: number, how: HowChosen): ChosenMany {
  switch (how) {
    case 'alone':
      return { chosen: new Set([id]), anchorId: id };
    case 'in-or-out': {
      const chosen = new Set(before.chosen);
      if (!chosen.delete(id)) chosen.add(id);
      return { chosen, anchorId: id };
    }
    case 'up-to': {
      const anchor = before.anchorId === null ? -1 : ids.indexOf(before.anchorId);
      const here = ids.indexOf(id);
      if (anchor < 0 || here < 0) return { chosen: new Set([id]), anchorId: id };
      const range = ids.slice(Math.min(anchor, here), Math.max(anchor, here) + 1);
      return { chosen: new Set(range), anchorId: before.anchorId };
    }
  }
}

/** What a press with these keys held asks for. */
export const howChosen = (event: {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}): HowChosen => (event.shiftKey ? 'up-to' : event.ctrlKey || event.metaKey ? 'in-or-out' : 'alone');
