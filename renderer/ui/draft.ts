import { useState } from 'react';

/**
 * What stands in a field that is stored when it is left: what is stored, and once somebody types, what they typed. What is
 * stored by others meanwhile takes none of it away.
 */
export function useDraft(stored: string): readonly [string, (draft: string) => void] {
  const [draft, setDraft] = useState(stored);
  const [known, setKnown] = useState(stored);
  if (known !== stored) {
    setKnown(stored);
    if (draft === known) setDraft(stored);
  }
  return [draft, setDraft];
}
