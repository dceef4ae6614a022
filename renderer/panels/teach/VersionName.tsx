import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { t } from '../../language/language.ts';

/** A version's name; while it is being renamed, a field that stores it on Enter or when it is left. */
export function VersionName(props: {
  readonly name: string;
  readonly spoken: string;
  readonly renaming: boolean;
  readonly onName: (name: string) => void;
  readonly onDone: () => void;
}) {
  const { name } = props;
  const [text, setText] = useState(name);
  if (!props.renaming) {
    return (
      <Box component="span" title={name} sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {name}
      </Box>
    );
  }
  const commit = (): void => {
    const wanted = text.trim();
    if (wanted !== '' && wanted !== name) props.onName(wanted);
    else setText(name);
    props.onDone();
  };
  return (
    <TextField
      autoFocus
      fullWidth
      variant="standard"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key !== 'Escape') return;
        // Here Escape means this field, not the selection.
        event.stopPropagation();
        setText(name);
        props.onDone();
      }}
      slotProps={{
        htmlInput: {
          'aria-label': t('Name of {{spoken}}', { spoken: props.spoken }),
          maxLength: 200,
          style: { padding: 0, height: 20 },
        },
      }}
    />
  );
}
