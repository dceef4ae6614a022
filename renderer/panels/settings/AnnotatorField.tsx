import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../language/language.ts';
import { api, backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { useDraft } from '../../ui/draft.ts';

/** Who labels at this machine; stored when the field is left or with Enter. */
export function AnnotatorField({ annotator }: { readonly annotator: string }) {
  const { text: name, write } = useDraft(annotator);
  const commit = (): void => {
    if (name.trim() !== annotator) attempt(backend.studio.changeSettings({ annotator: name.trim() }));
  };
  const signedIn = useQuery(api.studio.state.queryOptions()).data?.signedIn != null;
  return (
    <TextField
      label={t('Your name')}
      value={name}
      disabled={signedIn}
      onChange={(event) => write(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
      helperText={t(
        'Signs every edit and every segment that you decide on, so that the work of several people can be compared. It stays in the project and its exports.',
      )}
      slotProps={{ htmlInput: { maxLength: 200 } }}
      sx={{ maxWidth: 420, mt: 0.75 }}
    />
  );
}
