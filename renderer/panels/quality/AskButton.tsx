import ButtonBase from '@mui/material/ButtonBase';
import type { SxProps, Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { ClipQuestion } from '#preload/domain/quality.ts';
import { ask, isAsked, pressedByKey, useQualityChoice } from './quality-choice.ts';

/** A number that opens the clips behind it. */
export function AskButton(props: {
  readonly question: ClipQuestion;
  /** What is spoken: the number and what it counts. */
  readonly label: string;
  readonly children: ReactNode;
  readonly sx?: SxProps<Theme>;
}) {
  const asked = useQualityChoice((choice) => isAsked(props.question, choice.question));
  return (
    <ButtonBase
      aria-label={props.label}
      aria-pressed={asked}
      onClick={(event) => ask(props.question, pressedByKey(event))}
      sx={[
        {
          font: 'inherit',
          color: 'primary.main',
          borderRadius: 0.5,
          px: 0.5,
          textDecoration: 'underline',
          textDecorationColor: 'transparent',
          fontVariantNumeric: 'tabular-nums',
          '&:hover': { textDecorationColor: 'currentColor' },
          ...(asked && { bgcolor: 'action.selected', textDecorationColor: 'currentColor' }),
        },
        ...(Array.isArray(props.sx) ? props.sx : [props.sx ?? false]),
      ]}
    >
      {props.children}
    </ButtonBase>
  );
}
