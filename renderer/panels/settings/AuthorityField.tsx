import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import { useRef } from 'react';

interface AuthorityFieldProps {
  /** PEM; empty where this machine's own authorities are asked. */
  readonly value: string;
  /** Why it cannot be used. */
  readonly problem: string | undefined;
  readonly onChange: (pem: string) => void;
}

/** Whose signature on the server's certificate is believed: a lab's own authority, from its file. */
export function AuthorityField({ value, problem, onChange }: AuthorityFieldProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Box role="group" aria-label="Certificate authority">
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button variant="outlined" onClick={() => picker.current?.click()}>
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
      <input
        ref={picker}
        hidden
        type="file"
        accept=".pem,.crt,.cer"
        aria-label="File of the certificate authority"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file may be chosen again.
          event.target.value = '';
          if (file) void file.text().then(onChange);
        }}
      />
    </Box>
  );
}
