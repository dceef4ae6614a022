import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';

/** A note on a segment, stored when the field is left or with Ctrl+Enter. */
export function SegmentNote({ segmentId, stored }: { readonly segmentId: number; readonly stored: string }) {
  const [text, setText] = useState(stored);
  // What the text began as: others may write here meanwhile, and are neither overwritten nor shown over what is typed.
  const [began, setBegan] = useState(stored);
  // Null where the field is to take what the segment holds by now.
  const [listed, setListed] = useState<string | null>(stored);
  if (listed !== stored) {
    setListed(stored);
    if (text === began) {
      setText(stored);
      setBegan(stored);
    }
  }
  const commit = (): void => {
    if (text === began) return;
    setBegan(text);
    attempt(
      backend.segments
        .update({ segmentIds: [segmentId], note: text, seen: [{ note: began }] })
        .catch((error: unknown) => {
          // Not what it held when this was sent: a refusal comes because it has changed since.
          setText(began);
          setBegan(began);
          setListed(null);
          throw error;
        }),
    );
  };
  return (
    <TextField
      label={t('Note')}
      value={text}
      multiline
      // A textarea that the browser grows by itself: measuring in script would lay the whole window out at every step of the review.
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText(stored);
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) (event.target as HTMLElement).blur();
      }}
      slotProps={{
        input: { inputComponent: 'textarea' },
        htmlInput: { maxLength: 4000, style: { fieldSizing: 'content', maxHeight: 110 } },
      }}
    />
  );
}
