import RestartAlt from '@mui/icons-material/RestartAlt';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useRef, useState } from 'react';
import { IconAction } from '../ui/IconAction.tsx';
import { spokenKeys } from '../ui/key-caps.ts';
import { KeyCaps, SpokenKeyCaps } from '../ui/KeyCaps.tsx';
import type { Command } from '../shared/command.ts';
import { digitRows } from './digit-rows.ts';
import { strokeNames } from './key-strokes.ts';
import { Spoken } from '../ui/Spoken.tsx';
import { scopeNames } from '../shared/command.ts';
import { t } from '../language/language.ts';

const modifiers: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead']);

/** A command of the key map. Pressing its keys waits for others: the next stroke replaces them, Escape leaves them. */
export function KeyMapRow({
  command,
  onKeys,
  onReset,
}: {
  readonly command: Command;
  readonly onKeys: (keys: string) => void;
  /** Where the keys are the person's own: back to those it came with. */
  readonly onReset: (() => void) | undefined;
}) {
  const [waiting, setWaiting] = useState(false);
  const keysButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!waiting) return undefined;
    // Before everything else, so that the stroke neither closes the dialog nor runs a command.
    const onKeyDown = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (modifiers.has(event.key)) return;
      setWaiting(false);
      const [name] = strokeNames(event);
      if (event.key !== 'Escape' && name !== undefined) onKeys(name);
    };
    globalThis.addEventListener('keydown', onKeyDown, { capture: true });
    return () => globalThis.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [waiting, onKeys]);
  const label = command.label.replace(/…$/, '');
  return (
    <>
      <dt>
        {label}
        {command.scope !== undefined && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {' '}
            {t('(in the {{scopeNames}})', { scopeNames: scopeNames[command.scope] })}
          </Box>
        )}
      </dt>
      <Box component="dd" sx={{ m: 0, display: 'flex', justifyContent: 'flex-end', alignItems: 'flex-start' }}>
        {onReset && (
          <IconAction
            label={t('{{label}}: back to the key it came with', { label })}
            onClick={() => {
              // This button goes: the hand stays in the row.
              keysButton.current?.focus();
              onReset();
            }}
          >
            <RestartAlt sx={{ fontSize: 14 }} />
          </IconAction>
        )}
        {digitRows.has(command.id) ? (
          <span>
            <SpokenKeyCaps keys={`${digitRows.get(command.id)}1`} /> –{' '}
            <SpokenKeyCaps keys={`${digitRows.get(command.id)}0`} />
          </span>
        ) : (
          <Tooltip describeChild title={waiting ? '' : t('Choose another key')} placement="left">
            <Box
              ref={keysButton}
              component="button"
              type="button"
              onClick={() => setWaiting(true)}
              onBlur={() => setWaiting(false)}
              sx={{
                all: 'unset',
                cursor: 'pointer',
                display: 'flex',
                gap: 0.75,
                flexWrap: 'wrap',
                justifyContent: 'flex-end',
                borderRadius: 0.5,
                px: 0.25,
                color: waiting ? 'primary.main' : 'inherit',
                '&:hover': { bgcolor: 'action.hover' },
                '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring' },
              }}
            >
              <Spoken>
                {t('{{label}}: {{keys}}. Choose another key', {
                  label,
                  keys: command.keys.map((keys) => spokenKeys(keys)).join(t(' or ')) || t('no key'),
                })}
              </Spoken>
              {waiting
                ? t('press the new key')
                : command.keys.length === 0
                  ? '–'
                  : command.keys.map((keys) => <KeyCaps key={keys} keys={keys} />)}
            </Box>
          </Tooltip>
        )}
      </Box>
    </>
  );
}
