import TextField from '@mui/material/TextField';
import type { Attribute, AttributeValue } from '#preload/domain/attribute.ts';
import { useDraft } from '../../ui/draft.ts';
import type { Shared } from './shared-values.ts';
import { t } from '../../language/language.ts';

/** A number or a text, stored when the field is left or with Enter. */
export function TypedField(props: {
  readonly attribute: Attribute;
  readonly shared: Shared<AttributeValue>;
  readonly disabled: boolean;
  readonly onSay: (value: AttributeValue | null) => void;
}) {
  const { attribute, shared } = props;
  const before = shared.kind === 'same' ? String(shared.value) : '';
  const [text, setText] = useDraft(before);
  const isNumber = attribute.kind === 'number';
  const number = Number(text.trim().replace(',', '.'));
  const isWrong = isNumber && text.trim() !== '' && !Number.isFinite(number);
  const commit = (): void => {
    if (text.trim() === before || isWrong) return;
    const value = text.trim() === '' ? null : isNumber ? number : text.trim();
    setText(String(value ?? ''));
    props.onSay(value);
  };
  const isNeeded = attribute.required && shared.kind === 'none' && text.trim() === '';
  return (
    <TextField
      label={attribute.name}
      value={text}
      disabled={props.disabled}
      error={isWrong}
      helperText={isWrong ? t('“{{text}}” is no number.', { text: text.trim() }) : isNeeded ? t('needed') : undefined}
      placeholder={shared.kind === 'mixed' ? t('several') : undefined}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText(before);
        if (event.key === 'Enter') commit();
      }}
      slotProps={{
        htmlInput: {
          maxLength: 2000,
          inputMode: isNumber ? 'decimal' : undefined,
          'data-attribute': attribute.id,
        },
      }}
    />
  );
}
