import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { SxProps, Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { ClipQuestion } from '#preload/domain/quality.ts';
import { grouped } from '../../ui/quantities.ts';
import { ask, isAsked, pressedByKey, useQualityChoice } from './quality-choice.ts';

/** What opens the clips behind a number. */
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

/** A number that opens the clips behind it; none, nothing. */
export const AskCount = (props: {
  readonly count: number;
  readonly question: ClipQuestion;
  /** What is spoken after the number: what it counts. */
  readonly label: string;
  readonly sx?: SxProps<Theme>;
}) =>
  props.count === 0 ? (
    <Box component="span" sx={{ px: 0.5 }}>
      0
    </Box>
  ) : (
    <AskButton question={props.question} label={`${grouped(props.count)} ${props.label}`} sx={props.sx ?? null}>
      {grouped(props.count)}
    </AskButton>
  );
