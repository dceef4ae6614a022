import type { QueryKey } from '@tanstack/react-query';
import type { StoreApi } from 'zustand';
import { fetchAnew } from './changes.ts';

/** What a hand has changed, shown in place of what the backend told; null: what it told is shown. */
export interface Meanwhile<Shown> {
  readonly shown: Shown | null;
}

/**
 * Stores what is shown already, and shows it until the backend has told anew of what `queryKey` asks for, also where that
 * is the same as before: something moved and at once taken back goes back. What is put in its place meanwhile stays.
 * Rejects as `storing` does; what was told holds then.
 */
export async function storeShown<Shown>(
  meanwhile: StoreApi<Meanwhile<Shown>>,
  storing: Promise<unknown>,
  queryKey: QueryKey,
): Promise<void> {
  const { shown } = meanwhile.getState();
  const isStill = (): boolean => meanwhile.getState().shown === shown;
  try {
    await storing;
    if (isStill()) await fetchAnew(queryKey);
  } finally {
    if (isStill()) meanwhile.setState({ shown: null });
  }
}
