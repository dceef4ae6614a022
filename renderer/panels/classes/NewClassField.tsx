import AddOutlined from '@mui/icons-material/AddOutlined';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { announce, notify, notifyFailure } from '../../shared/notices.ts';
import { firstField } from '../../shared/show-panel.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { tourAnchor } from '../../shared/tour-anchors.ts';
import { backend } from '../../backend/client.ts';
import { parseClassNames } from './parse-class-names.ts';

/** Where a class is typed: Enter adds it; a pasted list adds each line. */
export function NewClassField({ known }: { readonly known: readonly string[] }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);

  const add = async (typed: string): Promise<void> => {
    const names = parseClassNames(typed, known);
    if (names.length === 0) {
      if (typed.trim() !== '') notify('That class is there already.');
      return;
    }
    setBusy(true);
    try {
      for (const name of names) {
        const added = await backend.classes.add({ name });
        useStudio.getState().focusClass(added.id);
      }
      setText('');
      announce(names.length === 1 ? `Class ${names[0]} added` : `${names.length} classes added`);
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
    <TextField
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      placeholder="New class, then Enter"
      autoComplete="off"
      slotProps={{
        htmlInput: { ...firstField, 'aria-label': 'New class', maxLength: 4000 },
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
  );
}
