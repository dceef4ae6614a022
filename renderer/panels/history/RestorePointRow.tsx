import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import FlagOutlined from '@mui/icons-material/FlagOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import type { RestorePoint } from '#preload/domain/restore-point.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { notify } from '../../shared/notices.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { timeAgo } from '../../ui/time-ago.ts';
import { pointDetails } from './point-words.ts';

/** A place to go back to: its name, who set it, when, and what the model was; looking at it changes nothing. */
export function RestorePointRow(props: {
  readonly point: RestorePoint;
  readonly now: number;
  readonly onLook: () => void;
}) {
  const { point, now } = props;
  const name = said(point.name);
  const remove = useMutation({
    mutationFn: () => backend.history.removePoint({ pointId: point.id }),
    onError: (error) => notify(failureOf(error).message, 'error'),
  });
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 1.5,
        py: 0.5,
        fontSize: 12.5,
        borderBlock: 1,
        borderColor: 'divider',
        bgcolor: 'action.hover',
      }}
    >
      <FlagOutlined titleAccess={t('Restore point')} sx={{ width: 18, fontSize: 16, color: 'primary.main' }} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{name}</Box>
        <Box sx={{ fontSize: 11.5, color: 'text.secondary', overflowWrap: 'anywhere' }}>
          <time dateTime={new Date(point.at).toISOString()}>{timeAgo(point.at, now)}</time>
          {` · ${pointDetails(point)}`}
        </Box>
      </Box>
      <Button size="small" aria-label={t('Look at “{{name}}”', { name })} onClick={props.onLook} sx={{ minWidth: 0 }}>
        {t('Look')}
      </Button>
      <IconAction label={t('Remove “{{name}}”', { name })} disabled={remove.isPending} onClick={() => remove.mutate()}>
        <DeleteOutlined sx={{ fontSize: 16 }} />
      </IconAction>
    </Box>
  );
}
