import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Attribute } from '#preload/domain/attribute.ts';
import { backend } from '../../backend/client.ts';
import { seenWholeAttribute } from '../../backend/seen-rows.ts';
import { failureOf } from '../../backend/failures.ts';
import { ClassesField } from '../../shared/ClassesField.tsx';
import { undoOffer } from '../../shared/commands.ts';
import { notify } from '../../shared/notices.ts';
import { inUseOf, type ValueInUse, ValuesInUse } from './ValuesInUse.tsx';
import { t } from '../../language/language.ts';

/** One attribute, or a new one. What segments say already is never lost unasked: see `ValuesInUse`. */
export function AttributeForm({
  attribute,
  onSaved,
  onRemoved,
}: {
  readonly attribute: Attribute | null;
  readonly onSaved: (saved: Attribute) => void;
  readonly onRemoved: () => void;
}) {
  const [name, setName] = useState(attribute?.name ?? '');
  const [kind, setKind] = useState<Attribute['kind']>(attribute?.kind ?? 'choice');
  const [lines, setLines] = useState(attribute?.options.join('\n') ?? '');
  const [isRequired, setIsRequired] = useState(attribute?.required ?? false);
  const [classIds, setClassIds] = useState(attribute?.classIds ?? null);
  const [inUse, setInUse] = useState<readonly ValueInUse[]>([]);
  // What the form was opened with: who changes it meanwhile is not overwritten unasked.
  const [began, setBegan] = useState(attribute);
  const options = lines.split('\n').flatMap((line) => line.trim() || []);
  const wish = {
    name: name.trim(),
    kind,
    options: kind === 'choice' ? options : [],
    required: isRequired,
    classIds,
  };
  const save = useMutation({
    mutationFn: (becomes: Readonly<Record<string, string>> | null) =>
      attribute === null
        ? backend.attributes.add(wish)
        : backend.attributes.update({
            attributeId: attribute.id,
            ...wish,
            seen: seenWholeAttribute(began ?? attribute),
            ...(becomes !== null && { renamed: { ...becomes }, unfit: 'clear' as const }),
          }),
    onSuccess: (saved) => {
      setInUse([]);
      setBegan(saved);
      notify(t('The attribute "{{name}}" is stored.', { name: saved.name }), 'success');
      onSaved(saved);
    },
    onError: (error) => setInUse(inUseOf(error)),
  });
  const remove = useMutation({
    mutationFn: async (attributeId: number) => {
      const { segments } = await backend.attributes.uses({ attributeId });
      await backend.attributes.remove({ attributeId });
      return segments;
    },
    onSuccess: (segments) => {
      const removed = attribute!.name;
      notify(
        segments === 0
          ? t('"{{name}}" was removed.', { name: removed })
          : t('"{{name}}" was removed, and what {{count}} segments say of it is out of sight.', {
              name: removed,
              count: segments,
              one: '"{{name}}" was removed, and what {{count}} segment says of it is out of sight.',
            }),
        'success',
        undoOffer,
      );
      onRemoved();
    },
  });
  const error = save.error ?? remove.error;
  return (
    <Box
      component="form"
      aria-label={attribute === null ? t('New attribute') : attribute.name}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(null);
      }}
      sx={{ display: 'grid', gap: 2, alignContent: 'start' }}
    >
      {inUse.length > 0 ? (
        <ValuesInUse
          values={inUse}
          options={wish.options}
          onAnswer={(becomes) => save.mutate(becomes)}
          onCancel={() => setInUse([])}
        />
      ) : (
        error && <Alert severity="error">{failureOf(error).message}</Alert>
      )}
      <TextField
        autoFocus
        label={t('Name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        sx={{ mt: 0.75 }}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <TextField
        select
        label={t('What it takes')}
        value={kind}
        onChange={(event) => setKind(event.target.value as Attribute['kind'])}
      >
        <MenuItem value="choice">{t('one of some options')}</MenuItem>
        <MenuItem value="number">{t('a number')}</MenuItem>
        <MenuItem value="text">{t('a text')}</MenuItem>
      </TextField>
      {kind === 'choice' && (
        <TextField
          label={t('Options')}
          value={lines}
          onChange={(event) => setLines(event.target.value)}
          multiline
          minRows={3}
          maxRows={8}
          helperText={t('One a line; the first ten have the digits as keys.')}
        />
      )}
      <ClassesField
        label={t('Only of these classes')}
        help={t('None chosen: segments of every class have it.')}
        chosenIds={classIds}
        onChoose={setClassIds}
      />
      <FormControlLabel
        control={<Switch checked={isRequired} onChange={(event) => setIsRequired(event.target.checked)} />}
        label={t('Needed: a segment without it is shown as not finished')}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        {attribute !== null && (
          <Button color="inherit" loading={remove.isPending} onClick={() => remove.mutate(attribute.id)}>
            {t('Remove')}
          </Button>
        )}
        <Button
          type="submit"
          variant="contained"
          loading={save.isPending}
          disabled={wish.name === ''}
          sx={{ ml: 'auto' }}
        >
          {attribute === null ? t('Add') : t('Save')}
        </Button>
      </Box>
    </Box>
  );
}
