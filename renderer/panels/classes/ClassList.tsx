import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../../language/language.ts';
import { decideSelected } from '../../shared/decide-segments.ts';
import { attempt } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api, backend } from '../../backend/client.ts';
import type { CountedClass } from '../../backend/project-queries.ts';
import { VirtualListbox } from '../../ui/VirtualListbox.tsx';
import { classTree, withDescendants } from './class-tree.ts';
import { moveBeside } from './move-class.ts';
import { removeClass } from './remove-class.ts';
import { ClassMenu } from './ClassMenu.tsx';
import { ClassRow, rowHeight } from './ClassRow.tsx';

/**
 * The classes as a tree. Up and down move the focus, left and right close and open a group, Enter gives the class to the
 * selected segments, F2 renames, Delete removes, and Alt+Shift+arrows move the class, right and left below the one above and out again.
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
  const closed = useStudio((studio) => studio.closedGroupIds);
  const rows = useMemo(() => classTree(classes, closed), [classes, closed]);
  const focusedIndex = rows.findIndex(({ of }) => of.id === focusedId);
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[focusedIndex];
    const focused = row?.of;
    const step: 1 | -1 | 0 = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && event.altKey && event.shiftKey && focused) {
      event.preventDefault();
      moveBeside(classes, focused, step);
    } else if (row && event.altKey && event.shiftKey && event.key === 'ArrowRight') {
      event.preventDefault();
      const above = rows.slice(0, focusedIndex).findLast(({ depth }) => depth === row.depth);
      if (above) attempt(backend.classes.update({ classId: row.of.id, parentId: above.of.id }));
    } else if (focused?.parentId !== undefined && event.altKey && event.shiftKey && event.key === 'ArrowLeft') {
      event.preventDefault();
      const parent = classes.find(({ id }) => id === focused.parentId);
      attempt(backend.classes.update({ classId: focused.id, parentId: parent?.parentId ?? null }));
    } else if (row && row.below > 0 && event.key === (row.isClosed ? 'ArrowRight' : 'ArrowLeft')) {
      event.preventDefault();
      useStudio.getState().toggleGroup(row.of.id);
    } else if (focused && event.key === 'Enter') {
      event.preventDefault();
      attempt(decideSelected({ kind: 'relabel', classId: focused.id }));
    } else if (focused && event.key === 'F2') {
      event.preventDefault();
      setRenamingId(focused.id);
    } else if (focused && event.key === 'Delete') {
      event.preventDefault();
      if (event.repeat) return;
      const beside = rows[focusedIndex + 1] ?? rows[focusedIndex - 1];
      focusClass(beside?.of.id ?? null);
      removeClass(focused);
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
        label={t('Classes')}
        name="class"
        items={rows}
        keyOf={({ of }) => of.id}
        rowHeight={rowHeight}
        activeIndex={focusedIndex}
        onMove={(index) => focusClass(rows[index]!.of.id)}
        onKeyDown={onKeyDown}
        sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2, pb: 1 }}
      >
        {(row, place) => (
          <ClassRow
            key={row.of.id}
            place={place}
            row={row}
            counts={row.isClosed ? sumOf(withDescendants(classes, row.of.id)) : row.of.counts}
            review={
              videoId === null ? null : (reviews?.find((review) => review.classId === row.of.id)?.state ?? 'unseen')
            }
            renaming={row.of.id === renamingId}
            onRenamed={() => {
              setRenamingId(null);
              list.current?.focus();
            }}
            onRename={() => setRenamingId(row.of.id)}
            onFocus={() => focusClass(row.of.id)}
            onMenu={(at) => {
              focusClass(row.of.id);
              setMenu({ of: row.of, at });
            }}
            onReview={(state) =>
              videoId !== null && attempt(backend.reviews.set({ videoId, classIds: [row.of.id], state }))
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

const sumOf = (classes: readonly CountedClass[]): CountedClass['counts'] => ({
  open: classes.reduce((sum, { counts }) => sum + counts.open, 0),
  accepted: classes.reduce((sum, { counts }) => sum + counts.accepted, 0),
});
