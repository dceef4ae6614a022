import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import { t } from '../../language/language.ts';
import { attempt } from '../../shared/notices.ts';
import { useFilePicker } from '../../ui/file-picker.tsx';

interface AuthorityFieldProps {
  /** PEM; empty where this machine's own authorities are asked. */
  readonly value: string;
  /** Why it cannot be used. */
  readonly problem: string | undefined;
  readonly onChange: (pem: string) => void;
}

/** Whose signature on the server's certificate is believed: a lab's own authority, from its file. */
export function AuthorityField({ value, problem, onChange }: AuthorityFieldProps) {
  const picker = useFilePicker({
    label: t('File of the certificate authority'),
    accept: '.pem,.crt,.cer',
    onChoose: (file) => attempt(file.text().then(onChange)),
  });
  return (
    <Box role="group" aria-label={t('Certificate authority')}>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button variant="outlined" onClick={picker.choose}>
          {value === '' ? t('Give your lab’s certificate authority…') : t('Give another certificate authority…')}
        </Button>
        {value !== '' && <Button onClick={() => onChange('')}>{t('Forget the authority')}</Button>}
      </Box>
      <FormHelperText error={problem !== undefined}>
        {problem ??
          (value === ''
            ? t(
                'Only where this machine does not know who signed the server’s certificate: a PEM file, from whoever runs the server.',
              )
            : t('The server must show a certificate that this authority signed.'))}
      </FormHelperText>
      {picker.field}
    </Box>
  );
}
