import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Layer } from '#preload/contract/layers.ts';
import { t } from '../../language/language.ts';
import { api } from '../../backend/client.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { SystemSelect } from '../../ui/SystemSelect.tsx';
import { AgreementView } from './AgreementView.tsx';

const own = 'own';
const idOf = (value: string): number | null => (value === own ? null : Number(value));

/** Which two are compared, and how far they agree. */
export function AgreementChoice({ layers }: { readonly layers: readonly Layer[] }) {
  const options = [[own, t('this project')] as const, ...layers.map(({ id, name }) => [String(id), name] as const)];
  const [chosen, setChosen] = useState<readonly [string, string] | null>(null);
  const first = layers.length > 1 ? String(layers[0]!.id) : own;
  const wanted = chosen ?? [first, String(layers.at(-1)!.id)];
  // One of them may have been removed.
  const [a, b] = wanted.map((one) => (options.some(([value]) => value === one) ? one : own)) as [string, string];
  const agreement = useQuery({
    ...api.layers.agreement.queryOptions({ input: { a: idOf(a), b: idOf(b) } }),
    enabled: a !== b,
  });
  const nameOf = (side: string): string => options.find(([value]) => value === side)![1];
  return (
    <Box
      component="section"
      aria-label={t('Agreement')}
      sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1.5 }}
    >
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', pt: 0.75 }}>
        <SystemSelect label={t('Compare')} value={a} options={options} onChange={(value) => setChosen([value, b])} />
        <SystemSelect label={t('with')} value={b} options={options} onChange={(value) => setChosen([a, value])} />
      </Box>
      {a === b ? (
        t('Choose two that are not the same.')
      ) : agreement.isError ? (
        <FailureNote error={agreement.error} onRetry={() => void agreement.refetch()} />
      ) : agreement.data === undefined ? (
        <RowsSkeleton rows={4} height={28} label={t('Comparing')} />
      ) : (
        <AgreementView agreement={agreement.data} names={[nameOf(a), nameOf(b)]} />
      )}
    </Box>
  );
}
