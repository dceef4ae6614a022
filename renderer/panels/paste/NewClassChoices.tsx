import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { ImportedClassChoice } from '#preload/contract/transfer-choices.ts';
import { t } from '../../language/language.ts';
import { useClasses } from '../../backend/project-queries.ts';

/** What becomes of names that no class has: a new class each, unless the person says which is meant, or none. */
export function NewClassChoices(props: {
  readonly names: readonly string[];
  readonly choices: readonly ImportedClassChoice[];
  readonly onChange: (choices: readonly ImportedClassChoice[]) => void;
}) {
  const { names, choices, onChange } = props;
  const { data: classes = [] } = useClasses();
  if (names.length === 0) return null;
  const chosen = new Map(choices.map(({ name, to }) => [name, to]));
  return (
    <Box
      role="group"
      aria-label={t('Names that no class has')}
      sx={{ display: 'grid', gap: 1, maxHeight: 160, overflowY: 'auto', flexShrink: 0 }}
    >
      {names.map((name) => (
        <Box key={name} sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
          <Typography variant="body2" noWrap sx={{ flex: 1, minWidth: 0 }} title={name}>
            {name}
          </Typography>
          <TextField
            select
            size="small"
            value={chosen.get(name) ?? 'new'}
            onChange={({ target }) => {
              const to = target.value as ImportedClassChoice['to'];
              onChange([...choices.filter((each) => each.name !== name), { name, to }]);
            }}
            slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('What {{name}} becomes', { name }) } } }}
            sx={{ minWidth: 220 }}
          >
            <MenuItem value="new">{t('becomes a new class')}</MenuItem>
            <MenuItem value="ignore">{t('is left out')}</MenuItem>
            {classes.map((each) => (
              <MenuItem key={each.id} value={each.id}>
                {t('is {{name}}', { name: each.name })}
              </MenuItem>
            ))}
          </TextField>
        </Box>
      ))}
    </Box>
  );
}
