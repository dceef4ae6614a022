import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, type KeyboardEvent } from 'react';
import type { Attribute, AttributeValue } from '#preload/domain/attribute.ts';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import type { Shared } from './shared-values.ts';
import { t } from '../../language/language.ts';

/** The digit of an option, in the order of the keyboard; none past the tenth. */
const digitOf = (index: number): string | undefined => (index < 10 ? String((index + 1) % 10) : undefined);

/**
 * A choice by one key: while the field has the focus, a digit gives its option and goes on to the next attribute, arrows
 * step through the options, and Backspace takes the value away.
 */
export function ChoiceField(props: {
  readonly attribute: Attribute;
  readonly shared: Shared<AttributeValue>;
  readonly disabled: boolean;
  readonly onSay: (value: AttributeValue | null) => void;
  readonly onNext: () => void;
}) {
  const { attribute, shared, disabled, onSay } = props;
  const id = useId();
  const value = shared.kind === 'same' ? shared.value : null;
  const at = attribute.options.findIndex((option) => option === value);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (disabled || event.ctrlKey || event.metaKey || event.altKey) return;
    const picked = attribute.options.findIndex((_, index) => digitOf(index) === event.key);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (picked >= 0) {
      onSay(attribute.options[picked]!);
      props.onNext();
    } else if (step !== undefined) onSay(attribute.options.at((at + step) % attribute.options.length)!);
    else if (event.key === 'Backspace' || event.key === 'Delete') onSay(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Box>
      <Typography id={`${id}-name`} variant="caption" color="textSecondary" component="div" sx={{ mb: 0.5 }}>
        {attribute.name}
        {shared.kind === 'mixed' && ` · ${t('several')}`}
        {attribute.required && shared.kind === 'none' && (
          <Box component="span" sx={{ color: 'warning.main' }}>
            {` · ${t('needed')}`}
          </Box>
        )}
      </Typography>
      <Box
        role="radiogroup"
        tabIndex={disabled ? -1 : 0}
        data-attribute={attribute.id}
        aria-labelledby={`${id}-name`}
        aria-required={attribute.required}
        aria-disabled={disabled}
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        onKeyDown={onKeyDown}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 0.5,
          borderRadius: 1,
          opacity: disabled ? 0.5 : 1,
          '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring', outlineOffset: 2 },
        }}
      >
        {attribute.options.map((option, index) => (
          <Box
            key={option}
            id={`${id}-${index}`}
            role="radio"
            aria-checked={option === value}
            onClick={() => !disabled && onSay(option === value && !attribute.required ? null : option)}
            sx={{
              display: 'inline-flex',
              alignItems: 'center',
              gap: 0.75,
              px: 1,
              minHeight: 26,
              fontSize: 12.5,
              borderRadius: 1,
              border: 1,
              borderColor: option === value ? 'primary.main' : 'divider',
              bgcolor: option === value ? 'action.selected' : 'transparent',
              cursor: disabled ? 'default' : 'pointer',
              overflowWrap: 'anywhere',
              '&:hover': { bgcolor: disabled ? undefined : 'action.hover' },
            }}
          >
            {digitOf(index) !== undefined && <KeyCaps keys={digitOf(index)!} />}
            {option}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
