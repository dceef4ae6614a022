import AddOutlined from '@mui/icons-material/AddOutlined';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { mostNames } from '#preload/contract/classes.ts';
import { t } from '../../language/language.ts';
import { quotedNames } from '../../language/quoted-names.ts';
import { announce, notify, notifyFailure } from '../../shared/notices.ts';
import { firstField } from '../../shared/show-panel.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { tourAnchor } from '../../shared/tour-anchors.ts';
import { backend } from '../../backend/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { parseClassNames } from './parse-class-names.ts';

/** A longer list may not be one of names at all: it is asked about first. */
const mostUnasked = 50;
const namedInQuestion = 3;

/** Where a class is typed: Enter adds it; a pasted list adds each line, as one step to undo. */
export function NewClassField({ known }: { readonly known: readonly string[] }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<readonly string[] | null>(null);

  const add = async (typed: string): Promise<void> => {
    const names = parseClassNames(typed, known);
    if (names.length === 0) {
      if (typed.trim() !== '') notify(t('That class is there already.'));
      return;
    }
    if (names.length > mostNames) {
      notify(
        t('{{names}} names at once are too many: {{mostNames}} is the most.', { names: names.length, mostNames }),
        'warning',
      );
      return;
    }
    if (names.length > mostUnasked) setAsked(names);
    else await addAll(names);
  };

  const addAll = async (names: readonly string[]): Promise<void> => {
    setBusy(true);
    try {
      const added = await backend.classes.addAll({ names: [...names] });
      const last = added.at(-1);
      if (last) useStudio.getState().focusClass(last.id);
      setText('');
      announce(
        added.length === 1
          ? t('Class {{name}} added', { name: added[0]!.name })
          : t('{{added}} classes added', { added: added.length }),
      );
    } catch (error) {
      notifyFailure(error);
    } finally {
      setBusy(false);
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && !busy) void add(text);
    if (event.key === 'Escape') {
      setText('');
      (event.target as HTMLElement).blur();
    }
  };
  // A one-line field would join a pasted list into one name.
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text');
    if (!/[\n\r\t]/.test(pasted.trim())) return;
    event.preventDefault();
    void add(pasted);
  };

  return (
    <>
      <TextField
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        placeholder={t('New class, then Enter')}
        autoComplete="off"
        slotProps={{
          htmlInput: { ...firstField, 'aria-label': t('New class'), maxLength: 4000 },
          input: {
            ref: tourAnchor('new-class'),
            startAdornment: (
              <InputAdornment position="start">
                <AddOutlined fontSize="small" />
              </InputAdornment>
            ),
            sx: { height: 34, pl: 1, bgcolor: 'surface.base' },
          },
        }}
        sx={{ mx: 1.5, mb: 1, flexShrink: 0 }}
      />
      {asked && (
        <ConfirmDialog
          open
          title={t('Add {{asked}} classes?', { asked: asked.length })}
          text={[
            t('The first are {{names}}.', { names: quotedNames(asked.slice(0, namedInQuestion)) }),
            t('Each gets a row in the timeline, and is looked for in every video. It is one step to undo.'),
          ]}
          confirmLabel={t('Add {{asked}}', { asked: asked.length })}
          onConfirm={() => void addAll(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
