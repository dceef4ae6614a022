import { pannedBy, transformOf, wholePicture, zoomedAt, type StagePoint, type ZoomStore } from './picture-zoom.ts';

/** How far a pointer may stray and still be a click. */
const clickPx = 4;
/** A notch of a mouse wheel is about a hundred pixels; a pinch sends many small ones. */
const factorOfWheel = (deltaPx: number): number => Math.exp(-Math.min(Math.max(deltaPx, -150), 150) / 400);

/**
 * Lets the mouse look closely at what lies on `stage`: Ctrl and the wheel or a pinch about the pointer, dragging to move,
 * a double click for the whole picture; `layer`, as large as the stage, is moved. A click without a drag stays a click.
 * Answers how to end it.
 */
export function zoomByGestures(stage: HTMLElement, layer: HTMLElement, zoom: ZoomStore): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let drag: { readonly pointerId: number; x: number; y: number; isDrag: boolean } | null = null;
  let wasDrag = false;

  const draw = (): void => {
    layer.style.transform = transformOf(zoom.getState());
    stage.style.cursor = zoom.getState().scale > 1 ? 'grab' : '';
  };
  const sharesOf = (event: MouseEvent): StagePoint => {
    const box = stage.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };

  const onWheel = (event: WheelEvent): void => {
    // With Control alone, which is how a pinch arrives: a plain wheel is nobody's here.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom.setState((now) => zoomedAt(now, sharesOf(event), factorOfWheel(event.deltaY)));
  };
  const onDown = (event: PointerEvent): void => {
    wasDrag = false;
    if (event.button > 1 || zoom.getState().scale === 1) return;
    drag = { pointerId: event.pointerId, x: event.clientX, y: event.clientY, isDrag: false };
  };
  const onMove = (event: PointerEvent): void => {
    if (drag?.pointerId !== event.pointerId) return;
    const [byX, byY] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.isDrag && Math.hypot(byX, byY) < clickPx) return;
    if (!drag.isDrag) stage.setPointerCapture(event.pointerId);
    drag = { ...drag, x: event.clientX, y: event.clientY, isDrag: true };
    const { clientWidth, clientHeight } = stage;
    zoom.setState((now) => pannedBy(now, { x: -byX / clientWidth, y: -byY / clientHeight }));
  };
  const onUp = (event: PointerEvent): void => {
    if (drag?.pointerId !== event.pointerId) return;
    wasDrag = drag.isDrag;
    drag = null;
  };
  // On its way down, before whoever plays or pauses by a click hears of it.
  const onClick = (event: MouseEvent): void => {
    if (wasDrag) event.stopPropagation();
    wasDrag = false;
  };
  const onDouble = (): void => zoom.setState(wholePicture);

  stage.addEventListener('wheel', onWheel, { passive: false, signal });
  stage.addEventListener('pointerdown', onDown, { signal });
  stage.addEventListener('pointermove', onMove, { signal });
  stage.addEventListener('pointerup', onUp, { signal });
  stage.addEventListener('pointercancel', onUp, { signal });
  stage.addEventListener('click', onClick, { signal, capture: true });
  stage.addEventListener('dblclick', onDouble, { signal });
  draw();
  const end = zoom.subscribe(draw);
  return () => {
    end();
    controller.abort();
  };
}
