import { useEffect, useRef, useState } from 'react';
import { pictureSlot } from '../backend/picture-slots.ts';

/** Rows that are only scrolled past ask for nothing. */
const lingerMs = 60;
/** A picture that did not come (the file is busy, the connection was lost) is asked for again, each time later. */
const retryMs = [4_000, 12_000, 40_000];

/** Whether the picture at an address may load now, in turn with all other pictures, and what its `<img>` has to tell. */
export function usePictureTurn(address: string): {
  readonly mayLoad: boolean;
  readonly onLoad: () => void;
  readonly onError: () => void;
} {
  // Which try of which picture may load now; null while it waits for its turn.
  const [granted, setGranted] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const release = useRef<(() => void) | null>(null);
  const wanted = `${tries} ${address}`;
  useEffect(() => {
    const controller = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const giveBack = await pictureSlot(controller.signal);
        if (controller.signal.aborted) giveBack();
        else {
          release.current = giveBack;
          setGranted(wanted);
        }
      } catch {
        // Scrolled away before its turn came.
      }
    };
    const timer = setTimeout(() => void ask(), tries === 0 ? lingerMs : retryMs[tries - 1]);
    return () => {
      clearTimeout(timer);
      controller.abort();
      release.current?.();
    };
  }, [wanted, tries]);
  return {
    mayLoad: granted === wanted,
    onLoad: () => release.current?.(),
    onError: () => {
      release.current?.();
      setGranted(null);
      if (tries < retryMs.length) setTries(tries + 1);
    },
  };
}
