import LockOutlined from '@mui/icons-material/LockOutlined';
import QuestionMark from '@mui/icons-material/QuestionMark';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import Typography from '@mui/material/Typography';
import { useRef } from 'react';
import type { AttributeValue } from '#preload/domain/attribute.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { counted } from '../../language/counted.ts';
import { backend } from '../../backend/client.ts';
import { useAttributes } from '../../backend/project-queries.ts';
import { attempt } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { sharedAttributes, sharedOf, sharedValue } from './shared-values.ts';
import { SubjectField } from './SubjectField.tsx';
import { TypedField } from './TypedField.tsx';
import { t } from '../../language/language.ts';

/** Marks where the hand is brought when more is to be said of the selected segments. */
export const labelsRegion = 'segment-labels';

/** Who acts, whether that is certain, whether it is locked, and the attributes: of all selected segments at once. */
export function SegmentLabels({ segments }: { readonly segments: readonly Segment[] }) {
  const { data: attributes = [] } = useAttributes();
  const region = useRef<HTMLElement>(null);
  const segmentIds = segments.map(({ id }) => id);
  const key = segmentIds.join();
  const update = (change: Omit<Parameters<typeof backend.segments.update>[0], 'segmentIds'>): void =>
    attempt(backend.segments.update({ segmentIds, ...change }));
  const subject = sharedValue(segments.map((segment) => segment.subject));
  const isAmbiguous = segments.every(({ ambiguous }) => ambiguous);
  const isLocked = segments.every(({ locked }) => locked);
  const holds = segments.some(({ locked }) => locked);
  const say = (attributeId: number, value: AttributeValue | null, began?: AttributeValue | null): void =>
    update({
      attributes: { [attributeId]: value },
      ...(began !== undefined && { seen: segments.map(() => ({ attributes: { [attributeId]: began } })) }),
    });
  const goOn = (from: number): void => {
    const fields = [...(region.current?.querySelectorAll<HTMLElement>('[data-attribute]') ?? [])];
    fields[fields.findIndex((field) => field.dataset['attribute'] === String(from)) + 1]?.focus();
  };
  return (
    <Box
      ref={region}
      component="section"
      id={labelsRegion}
      aria-label={
        segments.length > 1
          ? t('Labels of {{segments}}', { segments: counted(segments.length, 'segment') })
          : t('Labels')
      }
      sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1.25 }}
    >
      {segments.length > 1 && (
        <Typography variant="caption" component="h3" color="textSecondary">
          {t('All {{selectedSegments}}', { selectedSegments: counted(segments.length, 'selected segment') })}
        </Typography>
      )}
      <SubjectField key={key} subject={subject} disabled={holds} onSay={(value) => update({ subject: value })} />
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
        <ToggleButton
          value="ambiguous"
          size="small"
          selected={isAmbiguous}
          disabled={holds}
          onChange={() => update({ ambiguous: !isAmbiguous })}
          sx={{ fontSize: 12, gap: 0.75 }}
        >
          <QuestionMark sx={{ fontSize: 16 }} /> {t('Ambiguous')}
        </ToggleButton>
        <ToggleButton
          value="locked"
          size="small"
          selected={isLocked}
          onChange={() => update({ locked: !isLocked })}
          sx={{ fontSize: 12, gap: 0.75 }}
        >
          <LockOutlined sx={{ fontSize: 16 }} /> {t('Locked')}
        </ToggleButton>
      </Box>
      {isAmbiguous && (
        <Typography variant="caption" color="textSecondary">
          {t('Nothing is learned from what is ambiguous, for or against.')}
        </Typography>
      )}
      {sharedAttributes(attributes, segments).map((attribute) => {
        const shared = sharedOf(attribute, segments);
        const field = {
          attribute,
          shared,
          disabled: holds,
          onSay: (value: AttributeValue | null, began?: AttributeValue | null) => say(attribute.id, value, began),
        };
        return attribute.kind === 'choice' ? (
          <ChoiceField key={`${key} ${attribute.id}`} {...field} onNext={() => goOn(attribute.id)} />
        ) : (
          <TypedField key={`${key} ${attribute.id}`} {...field} />
        );
      })}
      <Button
        size="small"
        onClick={() => useStudio.getState().show({ dialog: 'attributes' })}
        sx={{ alignSelf: 'start', justifySelf: 'start' }}
      >
        {t('Attributes…')}
      </Button>
    </Box>
  );
}
