import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { classColours } from '#preload/domain/action-class.ts';
import { counted } from '../../language/counted.ts';
import { classKeyId } from '../../shared/class-keys.ts';
import { runCommand } from '../../shared/commands.ts';
import { attempt } from '../../shared/notices.ts';
import { useOwnKeys } from '../../shared/own-keys.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { backend } from '../../backend/client.ts';
import { useDraft, type Draft } from '../../ui/draft.ts';
import type { CountedClass } from '../../backend/project-queries.ts';
import { t } from '../../language/language.ts';

/** What the focused class is to the model (its prompt text) and to the eye and hand (colour, key). */
export function ClassDetails({ actionClass }: { readonly actionClass: CountedClass }) {
  const more = actionClass.morePrompts?.length ?? 0;
  const ownKey = useOwnKeys(({ own }) => own[classKeyId(actionClass.name)]?.[0]);
  const update = (change: { colour?: string; digitKey?: number | null }): void =>
    attempt(backend.classes.update({ classId: actionClass.id, ...change }));
  const storePrompt = ({ text, began, send, drop }: Draft): void => {
    const prompt = text.trim() === '' ? actionClass.name : text.trim();
    if (prompt === began) {
      drop();
      return;
    }
    send(prompt);
    attempt(
      backend.classes.update({ classId: actionClass.id, prompt, seen: { prompt: began } }).catch((error: unknown) => {
        drop();
        throw error;
      }),
    );
  };
  const prompt = useDraft(actionClass.prompt, storePrompt);
  return (
    <Box
      component="section"
      aria-label={t('Details of {{name}}', { name: actionClass.name })}
      sx={{
        p: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: 1.25,
        flexShrink: 0,
      }}
    >
      {actionClass.definition !== undefined && (
        <Typography variant="body2" sx={{ maxHeight: 64, overflowY: 'auto', whiteSpace: 'pre-wrap' }}>
          {actionClass.definition}
        </Typography>
      )}
      <TextField
        label={
          more > 0
            ? t('Text the model reads, with {{furtherOnes}}', {
                furtherOnes: counted(more, 'further one', 'further ones'),
              })
            : t('Text the model reads')
        }
        value={prompt.text}
        onChange={(event) => prompt.write(event.target.value)}
        onBlur={() => storePrompt(prompt)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            (event.target as HTMLElement).blur();
          }
        }}
        multiline
        slotProps={{
          input: { inputComponent: 'textarea' },
          htmlInput: { maxLength: 1000, style: { fieldSizing: 'content', maxHeight: 64 } },
        }}
      />
      <Box sx={{ display: 'flex', gap: 1.25, alignItems: 'center' }}>
        <Box
          role="radiogroup"
          aria-label={t('Colour')}
          sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, 18px)', gap: '4px', flex: 1 }}
        >
          {classColours.map((colour) => (
            <Box
              key={colour}
              component="button"
              type="button"
              role="radio"
              aria-checked={colour === actionClass.colour}
              aria-label={colour}
              onClick={() => update({ colour })}
              sx={{
                all: 'unset',
                width: 18,
                height: 18,
                borderRadius: '4px',
                cursor: 'pointer',
                bgcolor: colour,
                boxShadow: (theme) =>
                  colour === actionClass.colour
                    ? `0 0 0 2px ${theme.palette.surface.panel}, 0 0 0 4px ${theme.palette.text.primary}`
                    : 'none',
                '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring', outlineOffset: 2 },
              }}
            />
          ))}
        </Box>
        <TextField
          select
          label={t('Key')}
          value={actionClass.digitKey ?? 'none'}
          onChange={(event) => {
            if (event.target.value === 'other') useStudio.getState().show({ dialog: 'keys' });
            else update({ digitKey: event.target.value === 'none' ? null : Number(event.target.value) });
          }}
          sx={{ width: 84 }}
        >
          <MenuItem value="none">{ownKey ?? t('none')}</MenuItem>
          {[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => (
            <MenuItem key={digit} value={digit}>
              {digit}
            </MenuItem>
          ))}
          {actionClass.digitKey === null && <MenuItem value="other">{t('another key…')}</MenuItem>}
        </TextField>
      </Box>
      <Button size="small" onClick={() => runCommand('classes.details')} sx={{ justifySelf: 'start' }}>
        {actionClass.definition === undefined ? t('Define, with examples…') : t('Definition and examples…')}
      </Button>
    </Box>
  );
}
