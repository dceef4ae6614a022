import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent } from 'react';
import { decideSelected } from '../../shared/decide-segments.ts';
import { attempt } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api, backend } from '../../backend/client.ts';
import type { CountedClass } from '../../backend/project-queries.ts';
import { VirtualListbox } from '../../ui/VirtualListbox.tsx';
import { ClassMenu } from './ClassMenu.tsx';
import { ClassRow, rowHeight } from './ClassRow.tsx';

/**
 * The classes in order. Arrows move the focus, Enter gives the class to the selected segments, F2 renames, and
 * Alt+Shift+arrows move the class.
 */
export function ClassList({ classes }: { readonly classes: readonly CountedClass[] }) {
  const focusedId = useStudio((studio) => studio.focusedClassId);
  const focusClass = useStudio((studio) => studio.focusClass);
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const { data: reviews } = useQuery(
    api.reviews.list.queryOptions({ input: { videoId: videoId ?? 0 }, enabled: videoId !== null }),
  );
  const [menu, setMenu] = useState<{ readonly of: CountedClass; readonly at: { top: number; left: number } } | null>(
    null,
  );
  const [renamingId, setRenamingId] = useState<number | null>(null);
  const list = useRef<HTMLElement>(null);
  const focusedIndex = classes.findIndex((each) => each.id === focusedId);
  const onKeyDown = (event: KeyboardEvent): void => {
    const focused = classes[focusedIndex];
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && event.altKey && event.shiftKey && focused) {
      event.preventDefault();
      const position = Math.min(Math.max(focused.position + step, 0), classes.length - 1);
      attempt(backend.classes.update({ classId: focused.id, position }));
    } else if (focused && event.key === 'Enter') {
      event.preventDefault();
      attempt(decideSelected({ kind: 'relabel', classId: focused.id }));
    } else if (focused && event.key === 'F2') {
      event.preventDefault();
      setRenamingId(focused.id);
    } else if (focused && (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10'))) {
      event.preventDefault();
      const box = document.getElementById(`class-${focused.id}`)?.getBoundingClientRect();
      setMenu({ of: focused, at: { top: box?.bottom ?? 0, left: (box?.left ?? 0) + 24 } });
    }
  };

  return (
    <>
      <VirtualListbox
        ref={list}
        label="Classes"
        name="class"
        items={classes}
        keyOf={(each) => each.id}
        rowHeight={rowHeight}
        activeIndex={focusedIndex}
        onMove={(index) => focusClass(classes[index]!.id)}
        onKeyDown={onKeyDown}
        sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2, pb: 1 }}
      >
        {(each, place) => (
          <ClassRow
            key={each.id}
            place={place}
            actionClass={each}
            review={
              videoId === null ? null : (reviews?.find((review) => review.classId === each.id)?.state ?? 'unseen')
            }
            renaming={each.id === renamingId}
            onRenamed={() => {
              setRenamingId(null);
              list.current?.focus();
            }}
            onRename={() => setRenamingId(each.id)}
            onFocus={() => focusClass(each.id)}
            onMenu={(at) => {
              focusClass(each.id);
              setMenu({ of: each, at });
            }}
            onReview={(state) =>
              videoId !== null && attempt(backend.reviews.set({ videoId, classIds: [each.id], state }))
            }
          />
        )}
      </VirtualListbox>
      {menu && (
        <ClassMenu
          actionClass={menu.of}
          classes={classes}
          at={menu.at}
          onRename={() => setRenamingId(menu.of.id)}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
