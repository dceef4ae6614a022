import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
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
    label: 'File of the certificate authority',
    accept: '.pem,.crt,.cer',
    onChoose: (file) => attempt(file.text().then(onChange)),
  });
  return (
    <Box role="group" aria-label="Certificate authority">
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button variant="outlined" onClick={picker.choose}>
          {value === '' ? 'Give your lab’s certificate authority…' : 'Give another certificate authority…'}
        </Button>
        {value !== '' && <Button onClick={() => onChange('')}>Forget the authority</Button>}
      </Box>
      <FormHelperText error={problem !== undefined}>
        {problem ??
          (value === ''
            ? 'Only where this machine does not know who signed the server’s certificate: a PEM file, from whoever runs the server.'
            : 'The server must show a certificate that this authority signed.')}
      </FormHelperText>
      {picker.field}
    </Box>
  );
}
