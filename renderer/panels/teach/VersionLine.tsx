import CheckCircle from '@mui/icons-material/CheckCircle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { t } from '../../language/language.ts';

/** One thing that can be in use, as a row of a list: a mark where it is, its name, facts about it, a button to use it. */
export function VersionLine(props: {
  readonly label: string;
  /** The name as it is drawn, where it is more than its text. */
  readonly name?: ReactNode;
  readonly facts: readonly string[];
  readonly live: boolean;
  readonly usable?: boolean;
  readonly useLabel?: string;
  readonly onUse: () => void;
  /** Behind the button: what else can be done. */
  readonly children?: ReactNode;
}) {
  return (
    <Box
      component="li"
      aria-label={props.label}
      aria-current={props.live ? 'true' : undefined}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        minHeight: 60,
        py: 0.5,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: 13,
      }}
    >
      <Box sx={{ width: 20, flexShrink: 0, display: 'flex', alignSelf: 'flex-start', pt: '2px' }}>
        {props.live && <CheckCircle titleAccess={t('in use')} sx={{ fontSize: 16, color: 'success.main' }} />}
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', minWidth: 0, fontWeight: 550 }}>{props.name ?? props.label}</Box>
        {props.facts.map((fact) => (
          <Box
            key={fact}
            title={fact}
            sx={{
              fontSize: 11.5,
              color: 'text.secondary',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
          >
            {fact}
          </Box>
        ))}
      </Box>
      {!props.live && (
        <Button
          color="inherit"
          disabled={props.usable === false}
          aria-label={props.useLabel ?? t('Use {{label}}', { label: props.label })}
          onClick={props.onUse}
          sx={{ minWidth: 44 }}
        >
          {t('Use')}
        </Button>
      )}
      {props.children}
    </Box>
  );
}
