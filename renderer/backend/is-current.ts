import type { QueryKey } from '@tanstack/react-query';
import { queries } from './client.ts';

/** Whether a list that is known here may be changed: none is that is old already, or just being fetched. */
export function isCurrent(key: QueryKey): boolean {
  const state = queries.getQueryState(key);
  return state?.fetchStatus !== 'fetching' && state?.isInvalidated !== true;
}
