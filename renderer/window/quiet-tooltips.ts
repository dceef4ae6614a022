import { useEffect } from 'react';

/** Keys by which somebody goes around to see what is where; there, names are welcome. */
const goingAround = new Set(['Tab', 'F6', 'Shift', 'Control', 'Alt', 'Meta']);

const atKeys = 'atKeys';

/**
 * While the keyboard works, what the resting mouse happens to point at says nothing (`[data-at-keys]` hides tooltips in
 * the theme); moved, it does again.
 */
export function useQuietTooltips(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    const controller = new AbortController();
    const options = { signal: controller.signal, capture: true, passive: true };
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (!goingAround.has(key)) dataset[atKeys] = '';
      else if (key === 'Tab' || key === 'F6') delete dataset[atKeys];
    };
    // What moves under a resting mouse moves it as well, by nothing.
    const onPointerMove = ({ movementX, movementY }: PointerEvent): void => {
      if (movementX !== 0 || movementY !== 0) delete dataset[atKeys];
    };
    globalThis.addEventListener('keydown', onKeyDown, options);
    globalThis.addEventListener('pointermove', onPointerMove, options);
    globalThis.addEventListener('pointerdown', () => delete dataset[atKeys], options);
    return () => controller.abort();
  }, []);
}
