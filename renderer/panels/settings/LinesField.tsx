import TextField from '@mui/material/TextField';
import { useState } from 'react';

/** A list of texts, one a line, stored when the field is left. `problem` says what is wrong with a line, or null. */
export function LinesField(props: {
  readonly label: string;
  readonly lines: readonly string[];
  readonly help: string;
  readonly placeholder: string;
  readonly problem: (line: string) => string | null;
  readonly onSave: (lines: string[]) => void;
}) {
  const stored = props.lines.join('\n');
  const [text, setText] = useState(stored);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const problem = lines.map(props.problem).find((found) => found !== null);
  return (
    <TextField
      label={props.label}
      value={text}
      placeholder={props.placeholder}
      multiline
      minRows={2}
      maxRows={8}
      error={problem !== undefined}
      helperText={problem ?? props.help}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (problem === undefined && lines.join('\n') !== stored) props.onSave(lines);
      }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
