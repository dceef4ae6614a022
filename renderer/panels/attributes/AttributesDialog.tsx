import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Attribute } from '#preload/domain/attribute.ts';
import { counted } from '../../language/counted.ts';
import { useAttributes } from '../../backend/project-queries.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { AttributeForm } from './AttributeForm.tsx';
import { t } from '../../language/language.ts';

/** What may be said of segments beyond their class: the attributes of the project, one form for the one that is chosen. */
export function AttributesDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: attributes, error, refetch } = useAttributes();
  const [chosenId, setChosenId] = useState<number | 'new' | null>(null);
  const chosen = attributes?.find(({ id }) => id === chosenId) ?? null;
  const isNew = chosenId === 'new' || attributes?.length === 0;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="attributes-title">
      <DialogTitle id="attributes-title">{t('Attributes')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gridTemplateColumns: '240px minmax(0, 1fr)', gap: 3, minHeight: 380 }}>
        <Box sx={{ borderRight: 1, borderColor: 'divider', pr: 2, minHeight: 0, overflowY: 'auto' }}>
          {error && <FailureNote error={error} onRetry={() => void refetch()} />}
          <List dense disablePadding aria-label={t('Attributes of the project')}>
            {(attributes ?? []).map((each) => (
              <ListItem key={each.id} disablePadding>
                <ListItemButton
                  selected={each.id === chosenId}
                  aria-current={each.id === chosenId}
                  onClick={() => setChosenId(each.id)}
                  sx={{ borderRadius: 1 }}
                >
                  <ListItemText primary={each.name} secondary={words(each)} />
                </ListItemButton>
              </ListItem>
            ))}
          </List>
          <Button size="small" startIcon={<Add />} onClick={() => setChosenId('new')} sx={{ mt: 1 }}>
            {t('New attribute')}
          </Button>
        </Box>
        {chosen || isNew ? (
          <AttributeForm
            key={chosen?.id ?? 'new'}
            attribute={chosen}
            onSaved={({ id }) => setChosenId(id)}
            onRemoved={() => setChosenId(null)}
          />
        ) : (
          <Typography variant="body2" color="textSecondary" sx={{ alignSelf: 'center', justifySelf: 'center' }}>
            {t('Choose an attribute, or make a new one.')}
          </Typography>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button onClick={onClose}>{t('Done')}</Button>
      </DialogActions>
    </Dialog>
  );
}

const words = ({ kind, options, required, classIds }: Attribute): string =>
  [
    kind === 'choice'
      ? t('choice of {{options}}', { options: options.length })
      : kind === 'number'
        ? t('number')
        : t('text'),
    classIds === null ? t('all classes') : counted(classIds.length, 'class', 'classes'),
    ...(required ? [t('needed')] : []),
  ].join(' · ');
