/** What the pointer may look like over the timeline. */
export type PointerLook = 'default' | 'grab' | 'grabbing' | 'ew-resize' | 'crosshair' | 'not-allowed';

const sizePx = 56;

/** Lines of a cursor in a square of 56, and its hot spot. */
const shapes: Readonly<Record<PointerLook, { readonly lines: string; readonly at: readonly [number, number] }>> = {
  default: { lines: 'M10 6v38l9-9 7 16 7-3-7-15h13z', at: [10, 6] },
  grab: { lines: 'M28 8v40M8 28h40M20 15l8-8 8 8M20 41l8 8 8-8M15 20l-8 8 8 8M41 20l8 8-8 8', at: [28, 28] },
  grabbing: { lines: 'M18 28h20M20 20l-9 8 9 8M36 20l9 8-9 8M28 20v16', at: [28, 28] },
  'ew-resize': { lines: 'M8 28h40M19 16 7 28l12 12M37 16l12 12-12 12M28 12v32', at: [28, 28] },
  crosshair: { lines: 'M28 6v44M6 28h44', at: [28, 28] },
  'not-allowed': { lines: 'M28 10a18 18 0 1 0 .1 0zM16 16l24 24', at: [28, 28] },
};

/** Black within white, so that it is seen on any colour. */
const picture = (lines: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePx}" height="${sizePx}" fill="none" stroke-linejoin="round" stroke-linecap="round">` +
  `<path d="${lines}" stroke="#fff" stroke-width="9"/><path d="${lines}" stroke="#000" stroke-width="4.5"/></svg>`;

const nameOf = (look: PointerLook): string => `--cursor-${look}`;

/** Names for a root under which `pointerStyle` is large. The system's own pointer is what a browser falls back on. */
export const largeCursors: Readonly<Record<string, string>> = Object.fromEntries(
  (Object.keys(shapes) as PointerLook[]).map((look) => {
    const { lines, at } = shapes[look];
    return [nameOf(look), `url("data:image/svg+xml,${encodeURIComponent(picture(lines))}") ${at.join(' ')}, ${look}`];
  }),
);

/** A pointer as CSS: as large as the system has it, or as large as the theme asks for. */
export const pointerStyle = (look: PointerLook): string => `var(${nameOf(look)}, ${look})`;
