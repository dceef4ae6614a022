import TextField from '@mui/material/TextField';
import { t } from '../../language/language.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { useDraft, type Draft } from '../../ui/draft.ts';

/** A note on a segment, stored when the field is left or with Ctrl+Enter. */
export function SegmentNote({ segmentId, stored }: { readonly segmentId: number; readonly stored: string }) {
  const store = ({ text, began, send, drop }: Draft): void => {
    if (text === began) return;
    send(text);
    attempt(
      backend.segments
        .update({ segmentIds: [segmentId], note: text, seen: [{ note: began }] })
        .catch((error: unknown) => {
          drop();
          throw error;
        }),
    );
  };
  const draft = useDraft(stored, store);
  return (
    <TextField
      label={t('Note')}
      value={draft.text}
      multiline
      // A textarea that the browser grows by itself: measuring in script would lay the whole window out at every step of the review.
      onChange={(event) => draft.write(event.target.value)}
      onBlur={() => store(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') draft.drop();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) (event.target as HTMLElement).blur();
      }}
      slotProps={{
        input: { inputComponent: 'textarea' },
        htmlInput: { maxLength: 4000, style: { fieldSizing: 'content', maxHeight: 110 } },
      }}
    />
  );
}
