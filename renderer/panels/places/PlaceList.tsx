import FolderOutlined from '@mui/icons-material/FolderOutlined';
import InsertDriveFileOutlined from '@mui/icons-material/InsertDriveFileOutlined';
import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import MovieOutlined from '@mui/icons-material/MovieOutlined';
import VideoSettingsOutlined from '@mui/icons-material/VideoSettingsOutlined';
import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Place } from '#preload/contract/places.ts';
import { findByName, opensToList, sizeWords, type PurposeRules } from './place-purposes.ts';

const icons = {
  folder: FolderOutlined,
  project: VideoSettingsOutlined,
  model: MemoryOutlined,
  video: MovieOutlined,
  file: InsertDriveFileOutlined,
};
const rowHeight = 34;
/** Letters typed within this time belong to one name. */
const typingPauseMs = 700;

/** Entries of a folder. Arrows move, Enter opens, Space adds to the choice, letters jump, Backspace goes up. */
export function PlaceList(props: {
  readonly entries: readonly Place[];
  readonly rules: PurposeRules;
  readonly selected: readonly Place[];
  readonly onSelect: (places: readonly Place[]) => void;
  readonly onOpen: (place: Place) => void;
  readonly onUp: () => void;
}) {
  const { entries, rules, selected } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const typed = useRef({ text: '', at: 0 });
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  useEffect(() => scroller.current?.focus(), []);
  useEffect(() => virtual.scrollToIndex(active, { align: 'auto' }), [active, virtual]);

  const answerable = (place: Place): boolean => rules.accepts.includes(place.kind);
  const isSelected = (place: Place): boolean => selected.some((each) => each.token === place.token);
  const toggle = (place: Place): void =>
    props.onSelect(isSelected(place) ? selected.filter((each) => each.token !== place.token) : [...selected, place]);
  const selectRange = (to: number): void => {
    const from = Math.max(
      entries.findIndex((place) => isSelected(place)),
      0,
    );
    props.onSelect(entries.slice(Math.min(from, to), Math.max(from, to) + 1).filter(answerable));
  };
  const move = (index: number, extend: boolean): void => {
    const next = Math.min(Math.max(index, 0), entries.length - 1);
    setActive(next);
    if (extend && rules.several) selectRange(next);
    else props.onSelect([entries[next]!]);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const place = entries[active];
    if (!place) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -entries.length,
      End: entries.length,
    };
    const step = steps[event.key];
    if (step !== undefined && !event.altKey) move(active + step, event.shiftKey);
    else if (event.key === 'Enter') props.onOpen(place);
    else if (event.key === 'Backspace' || (event.altKey && event.key === 'ArrowUp')) props.onUp();
    else if (event.key === ' ' && rules.several) toggle(place);
    else if (rules.several && (event.ctrlKey || event.metaKey) && event.key === 'a')
      props.onSelect(entries.filter((each) => each.kind === 'video'));
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const now = Date.now();
      const text = now - typed.current.at < typingPauseMs ? typed.current.text + event.key : event.key;
      typed.current = { text, at: now };
      const found = findByName(entries, text, text.length === 1 ? active + 1 : active);
      if (found >= 0) move(found, false);
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, index: number): void => {
    const place = entries[index]!;
    if (event.shiftKey && rules.several) selectRange(index);
    else if ((event.ctrlKey || event.metaKey) && rules.several) toggle(place);
    else props.onSelect([place]);
    setActive(index);
  };

  return (
    <Box
      ref={scroller}
      role="listbox"
      aria-label="Folder contents"
      aria-multiselectable={rules.several}
      aria-activedescendant={`place-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2 }}
    >
      <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const place = entries[item.index]!;
          const Icon = icons[place.kind];
          const usable = answerable(place) || opensToList(place, rules);
          return (
            <Box
              key={place.token}
              id={`place-${item.index}`}
              role="option"
              aria-selected={isSelected(place)}
              aria-disabled={!usable}
              onClick={(event) => onClick(event, item.index)}
              onDoubleClick={() => props.onOpen(place)}
              sx={{
                position: 'absolute',
                insetInline: 0,
                height: rowHeight,
                transform: `translateY(${item.start}px)`,
                display: 'flex',
                alignItems: 'center',
                gap: 1.25,
                px: 2.5,
                fontSize: 13,
                cursor: 'default',
                userSelect: 'none',
                opacity: usable ? 1 : 0.5,
                bgcolor: isSelected(place) ? 'action.selected' : 'transparent',
                boxShadow: item.index === active ? (theme) => `inset 3px 0 ${theme.palette.primary.main}` : 'none',
                '&:hover': { bgcolor: isSelected(place) ? 'action.selected' : 'action.hover' },
              }}
            >
              <Icon
                sx={{
                  fontSize: 18,
                  color: place.kind === 'project' || place.kind === 'model' ? 'primary.main' : 'text.secondary',
                }}
              />
              <Box
                title={place.name}
                sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
              >
                {place.name}
              </Box>
              <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
                {place.sizeBytes === null ? '' : sizeWords(place.sizeBytes)}
              </Box>
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}
