import { useEffect, useEffectEvent, useRef, useState } from 'react';

/** What somebody types into a field that is stored when it is left. */
export interface Draft {
  /** What stands in the field: what is stored, and once somebody types, what they typed. */
  readonly text: string;
  /** What stood there when they began to type: all that they have seen of it, whatever others store meanwhile. */
  readonly began: string;
  readonly write: (text: string) => void;
  /** Says that `text` is on its way to be stored. */
  readonly send: (text: string) => void;
  /** Back to what is stored by now. */
  readonly drop: () => void;
}

/** `known`: what was stored when last looked at; null where the field is to take that, whatever stands in it. */
interface State {
  readonly text: string;
  readonly began: string;
  readonly known: string | null;
}

/**
 * A draft of what is `stored`, which takes nothing away from what is being typed. Where the field goes while there is
 * something typed in it, as with a segment that somebody else removes, `onGone` is told.
 */
export function useDraft(stored: string, onGone?: (draft: Draft) => void): Draft {
  const [{ text, began, known }, set] = useState<State>({ text: stored, began: stored, known: stored });
  if (known !== stored) {
    if (text === began || text === stored) set({ text: stored, began: stored, known: stored });
    else set({ text, began, known: stored });
  }
  // The field may go in the very step in which it is left: what was sent then is nothing that was still being typed.
  const isTyped = useRef(false);
  const draft: Draft = {
    text,
    began,
    write: (typed) => {
      isTyped.current = true;
      set((is) => ({ ...is, text: typed }));
    },
    send: (sent) => {
      isTyped.current = false;
      set((is) => ({ ...is, text: sent, began: sent }));
    },
    drop: () => {
      isTyped.current = false;
      set({ text: '', began: '', known: null });
    },
  };
  const gone = useEffectEvent(() => {
    if (isTyped.current && text !== began) onGone?.(draft);
  });
  useEffect(() => () => gone(), []);
  return draft;
}
