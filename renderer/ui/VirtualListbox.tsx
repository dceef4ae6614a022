import Box from '@mui/material/Box';
import type { SxProps, Theme } from '@mui/material/styles';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useImperativeHandle,
  useRef,
  type AriaAttributes,
  type Key,
  type KeyboardEvent,
  type MouseEventHandler,
  type ReactNode,
  type Ref,
} from 'react';
import { ariaKeys } from './key-caps.ts';
import { useRowHeight } from './row-height.ts';

/** Where an option stands in its list, and how; a row hands it on to `ListOption`. */
export interface OptionPlace {
  readonly id: string;
  readonly index: number;
  readonly count: number;
  readonly offsetPx: number;
  readonly heightPx: number;
  /** The list's focus is on it. */
  readonly active: boolean;
  readonly selected: boolean;
}

/**
 * A list of options of which only those in sight are in the page, and always the active one, which is kept in sight.
 * The list has the focus; `children` draws an option, keyed, in a `ListOption`.
 */
export function VirtualListbox<Item>(props: {
  readonly label: string;
  /** Of a list that a field moves through: the field keeps the focus and names the active option. */
  readonly fieldsListId?: string;
  /** Options have the ids `<name>-<key>`. */
  readonly name: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item, index: number) => number | string;
  /** Where there is room; less in a compact window. */
  readonly rowHeight: number;
  /** -1: none. */
  readonly activeIndex: number;
  /** Without it, the active option is the selected one. */
  readonly isSelected?: (item: Item) => boolean;
  readonly several?: boolean;
  /** Options beyond the ones in sight. */
  readonly overscan?: number;
  /** The arrow keys, Home, End and the page keys move to another option; without it they are the window's. */
  readonly onMove?: (index: number, event: KeyboardEvent) => void;
  /** Is asked before the arrow keys; what it does not prevent goes on to them. */
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly ref?: Ref<HTMLElement>;
  readonly sx?: SxProps<Theme>;
  readonly children: (item: Item, place: OptionPlace) => ReactNode;
}) {
  const { items, keyOf, name, activeIndex } = props;
  const rowHeight = useRowHeight(props.rowHeight);
  const scroller = useRef<HTMLElement>(null);
  useImperativeHandle(props.ref, () => scroller.current!);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(items[index]!, index),
    estimateSize: () => rowHeight,
    overscan: props.overscan ?? 8,
    // What has the focus, or a field inside it, stays in the page however far the list is scrolled.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      if (activeIndex < 0 || activeIndex >= items.length || shown.includes(activeIndex)) return shown;
      return [...shown, activeIndex].sort((a, b) => a - b);
    },
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtual]);

  const onKeyDown = (event: KeyboardEvent): void => {
    props.onKeyDown?.(event);
    if (event.defaultPrevented || !props.onMove || items.length === 0) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -items.length,
      End: items.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    // Where none is active, that is before the first.
    props.onMove(Math.min(Math.max(activeIndex + step, 0), items.length - 1), event);
  };

  const active = items[activeIndex];
  return (
    <Box
      ref={scroller}
      role="listbox"
      aria-label={props.label}
      aria-multiselectable={props.several}
      id={props.fieldsListId}
      aria-activedescendant={
        active === undefined || props.fieldsListId !== undefined
          ? undefined
          : optionId(name, keyOf(active, activeIndex))
      }
      tabIndex={props.fieldsListId === undefined ? 0 : -1}
      onKeyDown={onKeyDown}
      sx={props.sx ?? { flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2 }}
    >
      <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]!;
          return props.children(item, {
            id: optionId(name, key),
            index,
            count: items.length,
            offsetPx: start,
            heightPx: rowHeight,
            active: index === activeIndex,
            selected: props.isSelected?.(item) ?? index === activeIndex,
          });
        })}
      </Box>
    </Box>
  );
}

/** The id of an option in the list of that name. */
export const optionId = (name: string, key: Key): string => `${name}-${String(key)}`;

/** What makes an element the option at its place, for one that is drawn in another way than `ListOption`. */
export const optionAttributes = (place: Pick<OptionPlace, 'id' | 'index' | 'count' | 'selected'>) => ({
  id: place.id,
  role: 'option',
  'aria-selected': place.selected,
  'aria-posinset': place.index + 1,
  'aria-setsize': place.count,
});

/** One option at its place in a `VirtualListbox`: a row that shows whether it is selected, active or under the mouse. */
export function ListOption(props: {
  readonly place: OptionPlace;
  /** What is spoken in place of the text. */
  readonly label?: string;
  /** Keys that do the same from elsewhere. */
  readonly keys?: readonly string[];
  readonly disabled?: AriaAttributes['aria-disabled'];
  readonly onClick: MouseEventHandler;
  readonly onDoubleClick?: MouseEventHandler;
  readonly onContextMenu?: MouseEventHandler;
  readonly sx?: SxProps<Theme>;
  readonly children: ReactNode;
}) {
  const { place, sx } = props;
  return (
    <Box
      {...optionAttributes(place)}
      aria-disabled={props.disabled}
      aria-label={props.label}
      aria-keyshortcuts={props.keys?.length ? ariaKeys(props.keys) : undefined}
      onClick={props.onClick}
      onDoubleClick={props.onDoubleClick}
      onContextMenu={props.onContextMenu}
      sx={[
        {
          position: 'absolute',
          insetInline: 0,
          height: place.heightPx,
          display: 'flex',
          alignItems: 'center',
          gap: 1.25,
          px: 1.5,
          cursor: 'pointer',
          bgcolor: place.selected ? 'action.selected' : 'transparent',
          boxShadow: place.active ? (theme) => `inset 3px 0 ${theme.palette.primary.main}` : 'none',
          '&:hover': { bgcolor: place.selected ? 'action.selected' : 'action.hover' },
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
      style={{ transform: `translateY(${place.offsetPx}px)` }}
    >
      {props.children}
    </Box>
  );
}
