import FolderOutlined from '@mui/icons-material/FolderOutlined';
import InsertDriveFileOutlined from '@mui/icons-material/InsertDriveFileOutlined';
import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import MovieOutlined from '@mui/icons-material/MovieOutlined';
import VideoSettingsOutlined from '@mui/icons-material/VideoSettingsOutlined';
import Box from '@mui/material/Box';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Place } from '#preload/contract/places.ts';
import { t } from '../../language/language.ts';
import { ListOption, VirtualListbox } from '../../ui/VirtualListbox.tsx';
import { findByName, opensToList, type PurposeRules } from './place-purposes.ts';
import { fileSize } from '../../ui/quantities.ts';

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
  const list = useRef<HTMLElement>(null);
  const [active, setActive] = useState(0);
  const typed = useRef({ text: '', at: 0 });
  useEffect(() => list.current?.focus(), []);

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
    setActive(index);
    if (extend && rules.several) selectRange(index);
    else props.onSelect([entries[index]!]);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const place = entries[active];
    if (!place) return;
    if (event.key === 'Enter') props.onOpen(place);
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
    <VirtualListbox
      ref={list}
      label={t('Folder contents')}
      name="place"
      items={entries}
      keyOf={(_, index) => index}
      rowHeight={rowHeight}
      activeIndex={active}
      isSelected={isSelected}
      several={rules.several}
      onMove={(index, event) => move(index, event.shiftKey)}
      onKeyDown={onKeyDown}
    >
      {(place, option) => {
        const Icon = icons[place.kind];
        const usable = answerable(place) || opensToList(place, rules);
        return (
          <ListOption
            key={place.token}
            place={option}
            disabled={!usable}
            onClick={(event) => onClick(event, option.index)}
            onDoubleClick={() => props.onOpen(place)}
            sx={{ px: 2.5, fontSize: 13, cursor: 'default', userSelect: 'none', opacity: usable ? 1 : 0.5 }}
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
              {place.sizeBytes === null ? '' : fileSize(place.sizeBytes)}
            </Box>
          </ListOption>
        );
      }}
    </VirtualListbox>
  );
}
