import { useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { viewStorage } from '../../shared/view-storage.ts';

/** Edits that are looked through for one that a person made. */
const lookedThrough = 200;

/** By location of the project: the restore point of a tour that is on, or that was left with its window. */
const useTourPoints = create<{ readonly of: Readonly<Record<string, number>> }>()(
  persist((): { readonly of: Readonly<Record<string, number>> } => ({ of: {} }), {
    name: 'cuepoint.tour-points',
    version: 1,
    storage: viewStorage(),
  }),
);

const pointOf = (location: string): number | undefined => useTourPoints.getState().of[location];

function note(location: string, pointId: number | null): void {
  const { [location]: _, ...others } = useTourPoints.getState().of;
  useTourPoints.setState({ of: pointId === null ? others : { ...others, [location]: pointId } });
}

/**
 * A restore point where the history of the project at `location` stood when the tour began. Answers it once the tour is
 * over, also where a window was closed in the middle of it and is opened again, and somebody edited meanwhile; the point goes
 * again where nobody did and nothing else came. With no `location` nothing is set nor asked.
 */
export function usePointBeforeTour(
  isTaken: boolean,
  location: string | null,
): {
  readonly pointId: number | null;
  readonly forget: () => void;
} {
  const [left, setLeft] = useState<number | null>(null);
  const latest = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    if (location === null) return;
    const settle = async (): Promise<void> => {
      const pointId = pointOf(location);
      if (pointId === undefined) return;
      if (await isEditedSince(pointId)) setLeft(pointId);
      else note(location, null);
    };
    const begin = async (): Promise<void> => {
      const { pointId } = await backend.history.setPoint({ name: t('Before the guided tour') });
      note(location, pointId);
    };
    if (isTaken) setLeft(null);
    // Of a point that could not be set the person has heard.
    const next = latest.current.catch(() => undefined).then(isTaken ? begin : settle);
    latest.current = next;
    attempt(next);
  }, [isTaken, location]);
  const forget = (): void => {
    if (location !== null) note(location, null);
    setLeft(null);
  };
  return { pointId: left, forget };
}

async function isEditedSince(pointId: number): Promise<boolean> {
  const [points, entries] = await Promise.all([
    backend.history.points(),
    backend.history.list({ limit: lookedThrough }),
  ]);
  const point = points.find(({ id }) => id === pointId);
  if (point === undefined) return false;
  const since = entries.filter(({ id }) => id > point.editId);
  if (since.length === 0) await backend.history.removePoint({ pointId });
  return since.some(({ source }) => source === 'user');
}
