import TextField from '@mui/material/TextField';
import type { Attribute, AttributeValue } from '#preload/domain/attribute.ts';
import { useDraft, type Draft } from '../../ui/draft.ts';
import type { Shared } from './shared-values.ts';
import { t } from '../../language/language.ts';

/** A number or a text, stored when the field is left or with Enter. */
export function TypedField(props: {
  readonly attribute: Attribute;
  readonly shared: Shared<AttributeValue>;
  readonly disabled: boolean;
  /** `began`: what stood there when the typing began; undefined where the segments said different things. */
  readonly onSay: (value: AttributeValue | null, began: AttributeValue | null | undefined) => void;
}) {
  const { attribute, shared } = props;
  const before = shared.kind === 'same' ? String(shared.value) : '';
  const isNumber = attribute.kind === 'number';
  const valueOf = (written: string): AttributeValue | null =>
    written.trim() === '' ? null : isNumber ? Number(written.trim().replace(',', '.')) : written.trim();
  const isWrongNumber = (written: string): boolean => isNumber && !Number.isFinite(valueOf(written) ?? 0);
  const store = ({ text: written, began, send }: Draft): void => {
    if (written.trim() === began || isWrongNumber(written)) return;
    const value = valueOf(written);
    send(String(value ?? ''));
    props.onSay(value, shared.kind === 'mixed' ? undefined : valueOf(began));
  };
  const draft = useDraft(before, store);
  const { text } = draft;
  const isWrong = isWrongNumber(text);
  const isNeeded = attribute.required && shared.kind === 'none' && text.trim() === '';
  return (
    <TextField
      label={attribute.name}
      value={text}
      disabled={props.disabled}
      error={isWrong}
      helperText={isWrong ? t('“{{text}}” is no number.', { text: text.trim() }) : isNeeded ? t('needed') : undefined}
      placeholder={shared.kind === 'mixed' ? t('several') : undefined}
      onChange={(event) => draft.write(event.target.value)}
      onBlur={() => store(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') draft.drop();
        if (event.key === 'Enter') store(draft);
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
