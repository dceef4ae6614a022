import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../language/language.ts';
import { api } from '../../backend/client.ts';
import { useDraft } from '../../ui/draft.ts';
import type { Shared } from './shared-values.ts';

/** Who acts: any name, or one that the project knows already; stored when the field is left or with Enter. */
export function SubjectField(props: {
  readonly subject: Shared<string>;
  readonly disabled: boolean;
  readonly onSay: (subject: string) => void;
}) {
  const { subject } = props;
  const { data: known = [] } = useQuery(api.segments.subjects.queryOptions());
  const stored = subject.kind === 'same' ? subject.value : null;
  const typed = useDraft(stored ?? '', ({ text }) => props.onSay(text));
  return (
    <Autocomplete<string, false, false, true>
      freeSolo
      openOnFocus
      autoSelect
      disabled={props.disabled}
      options={known}
      value={stored}
      onChange={(_, value) => {
        typed.send(value ?? '');
        props.onSay(value ?? '');
      }}
      inputValue={typed.text}
      // By itself it would take what is stored meanwhile for what is typed.
      onInputChange={(_, letters, reason) => void (reason !== 'reset' && typed.write(letters))}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t('Subject')}
          placeholder={subject.kind === 'mixed' ? t('several') : t('who acts')}
        />
      )}
      slotProps={{ chip: { size: 'small' } }}
    />
  );
}
