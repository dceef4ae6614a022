import { fitVideo, usAt } from './time-scale.ts';
import { setScale, useTimeline } from './timeline-view.ts';

/** A press or drag on the minimap brings that time to the middle of the view; answers how to stop. */
export function attachMinimapPointer(element: HTMLElement): () => void {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  const go = (event: PointerEvent): void => {
    const box = element.getBoundingClientRect();
    const us = usAt(fitVideo(box.width, useTimeline.getState().limits), event.clientX - box.left);
    setScale((scale) => ({ ...scale, startUs: us - (scale.widthPx * scale.usPerPx) / 2 }));
  };
  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      go(event);
    },
    options,
  );
  element.addEventListener('pointermove', (event) => event.buttons % 2 === 1 && go(event), options);
  return () => listening.abort();
}
