import Box from '@mui/material/Box';
import type { SxProps, Theme } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useState, type ReactNode } from 'react';

/** A list to read, with rows as high as what they hold, of which only those in sight are in the page. */
export function VirtualList<Item>(props: {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => number;
  /** About how high a row is, in pixels; each is measured once it is drawn. */
  readonly rowHeight: number;
  readonly sx?: SxProps<Theme>;
  readonly children: (item: Item) => ReactNode;
}) {
  const { items, keyOf, rowHeight, sx } = props;
  // State, not a ref: a drawer's content mounts after its component, and the list must measure it then.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    getItemKey: (index) => keyOf(items[index]!),
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  return (
    <Box
      ref={setScroller}
      role="list"
      aria-label={props.label}
      tabIndex={0}
      sx={[{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2 }, ...(Array.isArray(sx) ? sx : [sx])]}
    >
      <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <Box
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            role="listitem"
            aria-posinset={index + 1}
            aria-setsize={items.length}
            sx={{ position: 'absolute', insetInline: 0 }}
            style={{ transform: `translateY(${start}px)` }}
          >
            {props.children(items[index]!)}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
