import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { TunedVersion } from '#preload/domain/tuning.ts';
import { attempt } from '../../app/notices.ts';
import { backend } from '../../backend/client.ts';

/** A version's name; while it is being renamed, a field that stores it on Enter or when it is left. */
export function VersionName(props: {
  readonly version: Pick<TunedVersion, 'id' | 'name'>;
  readonly renaming: boolean;
  readonly onDone: () => void;
}) {
  const { version } = props;
  const [text, setText] = useState(version.name);
  if (!props.renaming) {
    return (
      <Box
        component="span"
        title={version.name}
        sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
      >
        {version.name}
      </Box>
    );
  }
  const commit = (): void => {
    const name = text.trim();
    if (name !== '' && name !== version.name) attempt(backend.tuning.rename({ versionId: version.id, name }));
    else setText(version.name);
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
        setText(version.name);
        props.onDone();
      }}
      slotProps={{
        htmlInput: { 'aria-label': `Name of ${version.name}`, maxLength: 200, style: { padding: 0, height: 20 } },
      }}
    />
  );
}
