import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useState, type ReactNode } from 'react';
import { t } from '../../../language/language.ts';
import { counted } from '../../../language/counted.ts';
import { tooMany } from './make-many.ts';

/** Asks how many segments are to be made, and says how many that are before they are. */
export function ManyDialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  /** What is missing before it can be said how many; null for nothing. */
  readonly missing: string | null;
  readonly count: number;
  readonly onMake: () => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const { missing, count } = props;
  const [busy, setBusy] = useState(false);
  const fault = missing ?? tooMany(count);
  const make = async (): Promise<void> => {
    setBusy(true);
    if (await props.onMake()) props.onClose();
    else setBusy(false);
  };
  return (
    <Dialog open onClose={props.onClose} fullWidth maxWidth="xs">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <DialogTitle>{props.title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, pt: '8px !important' }}>
          {props.children}
          <Typography role="status" sx={{ color: fault === null ? 'text.primary' : 'warning.main' }}>
            {fault ??
              (count === 0
                ? t('Nothing would be made.')
                : t('{{segments}} would be made.', { segments: counted(count, 'segment') }))}
          </Typography>
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="contained" disabled={fault !== null || count === 0 || busy}>
            {fault === null && count > 0 ? t('Make {{segments}}', { segments: counted(count, 'segment') }) : t('Make')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
