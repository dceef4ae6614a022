import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { promptsOf } from '#preload/domain/action-class.ts';
import { t } from '../../language/language.ts';
import { api, backend } from '../../backend/client.ts';
import { useClasses, type CountedClass } from '../../backend/project-queries.ts';
import { isBeingAsked } from '../../backend/conflicts.ts';
import { seenWholeClass } from '../../backend/seen-rows.ts';
import { FormDialog } from '../../shared/FormDialog.tsx';
import { ClassName } from '../../shared/ClassChip.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { ClassExamples } from './ClassExamples.tsx';
import { withDescendants } from './class-tree.ts';

/** What the focused class means: to those who label, to the model, and among the other classes. */
export function ClassDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: classes = [] } = useClasses();
  const focusedId = useStudio((studio) => studio.focusedClassId);
  // As it was opened: what others make of it meanwhile, removing it too, is neither overwritten nor taken for what is typed.
  const [opened] = useState(() => classes.find(({ id }) => id === focusedId));
  return opened ? <Meaning opened={opened} classes={classes} onClose={onClose} /> : null;
}

function Meaning({
  opened: actionClass,
  classes,
  onClose,
}: {
  readonly opened: CountedClass;
  readonly classes: readonly CountedClass[];
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(actionClass.name);
  const [definition, setDefinition] = useState(actionClass.definition ?? '');
  const [prompts, setPrompts] = useState(promptsOf(actionClass).join('\n'));
  const [parentId, setParentId] = useState(actionClass.parentId ?? 0);
  const [isPoint, setIsPoint] = useState(actionClass.kind === 'point');
  const [isExclusive, setIsExclusive] = useState(actionClass.exclusive === true);
  const [examples, setExamples] = useState(actionClass.examples ?? []);
  const { data: { segments: longer } = { segments: 0 } } = useQuery({
    ...api.classes.longer.queryOptions({ input: isPoint ? { classId: actionClass.id } : skipToken }),
    staleTime: 0,
    gcTime: 0,
  });
  const inside = new Set(withDescendants(classes, actionClass.id).map(({ id }) => id));
  const parents = classes.filter(({ id }) => !inside.has(id));
  const save = useMutation({
    mutationFn: () => {
      const texts = prompts.split('\n').flatMap((text) => text.trim() || []);
      const [prompt = name.trim(), ...morePrompts] = texts;
      return backend.classes.update({
        classId: actionClass.id,
        ...(name.trim() !== actionClass.name && { name: name.trim() }),
        ...(definition.trim() !== (actionClass.definition ?? '') && { definition: definition.trim() }),
        ...(texts.join('\n') !== promptsOf(actionClass).join('\n') && { prompt, morePrompts }),
        ...(parentId !== (actionClass.parentId ?? 0) && { parentId: parentId === 0 ? null : parentId }),
        ...(isPoint !== (actionClass.kind === 'point') && { kind: isPoint ? ('point' as const) : ('span' as const) }),
        ...(isExclusive !== (actionClass.exclusive === true) && { exclusive: isExclusive }),
        ...(examples.join() !== (actionClass.examples ?? []).join() && { examples }),
        seen: seenWholeClass(actionClass),
      });
    },
    onSuccess: onClose,
    // The conflict dialog holds all that was typed here.
    onError: (error) => void (isBeingAsked(error) && onClose()),
  });
  return (
    <FormDialog
      title={t('Class “{{name}}”', { name: actionClass.name })}
      maxWidth="sm"
      verb={t('Save')}
      isReady={name.trim() !== ''}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextField
        label={t('Name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        sx={{ mt: 0.75 }}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <TextField
        label={t('Definition')}
        value={definition}
        onChange={(event) => setDefinition(event.target.value)}
        multiline
        minRows={2}
        maxRows={6}
        helperText={t('What counts and what does not, where it begins and ends; shown to all who label.')}
        slotProps={{ htmlInput: { maxLength: 4000 } }}
      />
      <ClassExamples classId={actionClass.id} examples={examples} onChange={setExamples} />
      <TextField
        label={t('Texts the model reads')}
        value={prompts}
        onChange={(event) => setPrompts(event.target.value)}
        multiline
        minRows={2}
        maxRows={8}
        helperText={t('One a line, up to 32: the class is what they say on average.')}
      />
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2 }}>
        <TextField
          select
          label={t('Lies below')}
          value={parents.some(({ id }) => id === parentId) ? parentId : 0}
          onChange={(event) => setParentId(Number(event.target.value))}
        >
          <MenuItem value={0}>{t('no other class')}</MenuItem>
          {parents.map((each) => (
            <MenuItem key={each.id} value={each.id}>
              <ClassName of={each} />
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={t('Its events are')}
          value={isPoint ? 'point' : 'span'}
          onChange={(event) => setIsPoint(event.target.value === 'point')}
          helperText={
            isPoint &&
            [
              t('What is decided from now on is one frame long.'),
              longer > 0 &&
                t('{{count}} accepted segments are longer and stay as they are.', {
                  count: longer,
                  one: '{{count}} accepted segment is longer and stays as it is.',
                }),
            ]
              .filter(Boolean)
              .join(' ')
          }
        >
          <MenuItem value="span">{t('spans of time')}</MenuItem>
          <MenuItem value="point">{t('points: moments of one frame')}</MenuItem>
        </TextField>
      </Box>
      <FormControlLabel
        control={<Switch checked={isExclusive} onChange={(event) => setIsExclusive(event.target.checked)} />}
        label={
          inside.size > 1 ? t('Classes below it cannot overlap') : t('Classes that come to lie below it cannot overlap')
        }
      />
    </FormDialog>
  );
}
