import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { api, backend } from '../../backend/client.ts';
import { useAttributes, useClasses, type CountedClass } from '../../backend/project-queries.ts';
import { FormDialog } from '../../shared/FormDialog.tsx';
import { undoOffer } from '../../shared/commands.ts';
import { notify } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { RadioChoice } from '../../ui/RadioChoice.tsx';
import { KeyedPass } from './KeyedPass.tsx';
import { grouped } from '../../ui/quantities.ts';

/** Which segments of a class go to the new one. */
type Way = 'selected' | 'value' | 'one-by-one';

/** Some segments of the focused class become those of a new class, in one step that undo takes back. */
export function SplitClassDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: classes = [] } = useClasses();
  const focusedId = useStudio((studio) => studio.focusedClassId);
  const focused = classes.find(({ id }) => id === focusedId);
  return focused ? <Split key={focused.id} actionClass={focused} onClose={onClose} /> : null;
}

function Split({ actionClass, onClose }: { readonly actionClass: CountedClass; readonly onClose: () => void }) {
  const classId = actionClass.id;
  const { data: segments } = useQuery({
    ...api.classes.segments.queryOptions({ input: { classId } }),
    staleTime: 0,
    gcTime: 0,
  });
  const selected = useStudio((studio) => studio.selectedSegmentIds);
  const own = segments ?? [];
  const picked = own.filter(({ id }) => selected.includes(id));
  const [way, setWay] = useState<Way>(selected.length > 0 ? 'selected' : 'one-by-one');
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const values = useValues(own);
  const ids =
    way === 'selected'
      ? picked.map(({ id }) => id)
      : way === 'value'
        ? (values.find(({ key }) => key === value)?.segmentIds ?? [])
        : chosen;
  const split = useMutation({
    mutationFn: () => backend.classes.split({ classId, name: name.trim(), segmentIds: [...ids] }),
    onSuccess: (added) => {
      notify(
        t('{{segments}} of "{{name}}" went to "{{name2}}".', {
          segments: counted(ids.length, 'segment'),
          name: actionClass.name,
          name2: added.name,
        }),
        'success',
        undoOffer,
      );
      useStudio.getState().focusClass(added.id);
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('Split “{{name}}”', { name: actionClass.name })}
      maxWidth="sm"
      verb={t('Split')}
      isReady={ids.length > 0 && name.trim() !== ''}
      isBusy={split.isPending}
      error={split.error}
      onSubmit={() => split.mutate()}
      aside={
        <Typography variant="body2" color="textSecondary" sx={{ mr: 'auto' }}>
          {t('{{ids}} of {{own}} go to the new class', { ids: ids.length, own: own.length })}
        </Typography>
      }
      onClose={onClose}
    >
      <TextField
        autoFocus
        label={t('Name of the new class')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        sx={{ mt: 0.75 }}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <RadioChoice
        label={t('What goes to it')}
        value={way}
        onChoose={setWay}
        options={{
          selected: t('What is selected ({{picked}})', { picked: picked.length }),
          value: t('What has a certain value of an attribute'),
          'one-by-one': t('One by one: look, one key, next'),
        }}
      />
      {way === 'value' &&
        (values.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('No segment of “{{name}}” has a value of an attribute.', { name: actionClass.name })}
          </Typography>
        ) : (
          <TextField select label={t('Value')} value={value} onChange={(event) => setValue(event.target.value)}>
            {values.map(({ key, words, segmentIds }) => (
              <MenuItem key={key} value={key}>
                {words} ({grouped(segmentIds.length)})
              </MenuItem>
            ))}
          </TextField>
        ))}
      {way === 'one-by-one' && <KeyedPass segments={own} chosen={chosen} onChoose={setChosen} />}
    </FormDialog>
  );
}

interface ValueOfClass {
  readonly key: string;
  readonly words: string;
  readonly segmentIds: readonly number[];
}

/** What segments say by attributes, each with those that say it. */
function useValues(segments: readonly Segment[]): readonly ValueOfClass[] {
  const { data: attributes = [] } = useAttributes();
  return attributes.flatMap(({ id, name }) => {
    const groups = Map.groupBy(
      segments.filter((segment) => segment.attributes?.[id] !== undefined),
      (segment) => segment.attributes![id]!,
    );
    return [...groups].map(([value, rows]) => ({
      key: `${id} ${value}`,
      words: `${name}: ${value}`,
      segmentIds: rows.map((row) => row.id),
    }));
  });
}
