import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PresentWindow } from '#preload/contract/people.ts';
import { api } from './client.ts';
import { thisWindow } from './this-window.ts';

const nobody: readonly PresentWindow[] = [];

const othersOf = (windows: readonly PresentWindow[] | undefined): readonly PresentWindow[] => {
  const others = windows?.filter(({ window }) => window !== thisWindow) ?? nobody;
  return others.length === 0 ? nobody : others;
};

/** The other windows that have the project open; always the same empty list where there are none. */
export function useOthers(): readonly PresentWindow[] {
  const { data } = useQuery(api.people.list.queryOptions());
  return useMemo(() => othersOf(data), [data]);
}
