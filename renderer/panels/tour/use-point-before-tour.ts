import { useEffect, useState } from 'react';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';

/** Edits that are looked through for one that a person made. */
const lookedThrough = 200;

/**
 * A restore point where the history stood when the tour began. Answers it once the tour is over and somebody edited
 * meanwhile; the point goes again where nobody did and nothing else came.
 */
export function usePointBeforeTour(isTaken: boolean): {
  readonly pointId: number | null;
  readonly forget: () => void;
} {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!isTaken) return undefined;
    setLeft(null);
    const setting = backend.history.setPoint({ name: t('Before the guided tour') });
    attempt(setting);
    // Of a point that could not be set the person has heard.
    const point = setting.catch(() => null);
    return () => attempt(point.then(async (set) => set && (await isEditedSince(set)) && setLeft(set.pointId)));
  }, [isTaken]);
  return { pointId: left, forget: () => setLeft(null) };
}

async function isEditedSince({ pointId }: { readonly pointId: number }): Promise<boolean> {
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
