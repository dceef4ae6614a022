import ChevronRight from '@mui/icons-material/ChevronRight';
import ExpandMore from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { memo } from 'react';
import type { ActionClass } from '#preload/domain/action-class.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { ClassSwatch } from '../../shared/ClassChip.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { Spoken } from '../../ui/Spoken.tsx';
import { otherLanePx, type TimelineRow } from './layout-rows.ts';

/** The height of a line of words; a lower row shows no more than its colour. */
const wordsPx = 12;
/** A row is folded by a button that needs some room. */
const foldButtonPx = 20;

interface RowHeaderProps {
  readonly actionClass: ActionClass;
  readonly y: number;
  readonly heightPx: number;
  readonly padPx: number;
  readonly folded: boolean;
  readonly focused: boolean;
  readonly count: number;
  readonly others: TimelineRow['others'];
}

/** A class's name beside its row, and what folds the row; drawn anew only where something of it has changed. */
export const RowHeader = memo(function RowHeader(props: RowHeaderProps) {
  const { actionClass, y, heightPx, padPx, folded, focused, count, others } = props;
  const { id, name, colour, digitKey } = actionClass;
  const { focusClass, foldClass } = useStudio.getState();
  const low = heightPx < 24;
  const lineHeightPx = Math.min(14, heightPx - 2);
  return (
    <Box
      sx={{
        position: 'absolute',
        left: 0,
        right: 0,
        display: 'flex',
        borderBottom: 1,
        borderLeft: 3,
        borderColor: 'divider',
        '&:hover': { bgcolor: 'action.hover' },
        '& [data-fold]': { opacity: folded ? 0.8 : 0 },
        '&:hover [data-fold], & [data-fold]:focus-visible': { opacity: 1 },
      }}
      style={{
        top: y,
        height: heightPx,
        ...(focused && { borderLeftColor: colour }),
        ...(!focused && { borderLeftColor: 'transparent' }),
      }}
    >
      <ButtonBase
        aria-pressed={focused}
        title={name}
        onClick={() => focusClass(focused ? null : id)}
        sx={{
          position: 'relative',
          flex: 1,
          minWidth: 0,
          display: 'flex',
          alignItems: low ? 'center' : 'flex-start',
          justifyContent: 'flex-start',
          gap: 1,
          pl: 1.25,
          pr: 0.5,
          bgcolor: focused ? 'action.selected' : 'transparent',
          font: 'inherit',
          fontWeight: focused ? 650 : 400,
        }}
        style={{
          paddingTop: low ? 0 : padPx + 3,
          fontSize: low ? 11 : 12,
          lineHeight: `${lineHeightPx}px`,
        }}
      >
        <Box component="span" sx={{ display: 'flex' }} style={{ paddingTop: low ? 0 : 1 }}>
          <ClassSwatch colour={colour} size={Math.max(3, Math.min(11, heightPx - 4))} />
        </Box>
        <Box
          component="span"
          sx={{
            flex: 1,
            minWidth: 0,
            textAlign: 'left',
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
        >
          {heightPx < wordsPx ? <Spoken>{name}</Spoken> : name}
        </Box>
        <Spoken>
          {', '}
          {[
            t('{{segments}} shown', { segments: counted(count, 'segment') }),
            ...others.map((other) => t('{{spans}} by {{name}}', { spans: other.spans.length, name: other.name })),
          ].join(', ')}
        </Spoken>
        <OtherNames names={others.map((other) => other.name)} padPx={padPx} />
        {digitKey !== null && heightPx >= wordsPx && (
          <Box component="kbd" aria-hidden sx={{ font: 'inherit', fontSize: 11, color: 'text.secondary' }}>
            {digitKey}
          </Box>
        )}
      </ButtonBase>
      {heightPx >= wordsPx && (
        <ButtonBase
          data-fold
          tabIndex={-1}
          aria-expanded={!folded}
          aria-label={t('Row of {{name}}', { name })}
          title={folded ? t('Unfold the row') : t('Fold the row')}
          onClick={() => foldClass(id)}
          // Over the end of the name, which needs the room while nobody is about to fold.
          sx={{
            position: 'absolute',
            right: 0,
            width: foldButtonPx,
            bgcolor: 'surface.panel',
            color: 'text.secondary',
          }}
          style={{ height: Math.min(heightPx, 26) }}
        >
          {folded ? <ChevronRight sx={{ fontSize: 15 }} /> : <ExpandMore sx={{ fontSize: 15 }} />}
        </ButtonBase>
      )}
    </Box>
  );
}, isUnchanged);

/** The names of others are read from an array that each layout makes anew. */
function isUnchanged(before: RowHeaderProps, now: RowHeaderProps): boolean {
  const { others: othersBefore, ...restBefore } = before;
  const { others, ...rest } = now;
  return (
    (Object.keys(rest) as (keyof typeof rest)[]).every((field) => rest[field] === restBefore[field]) &&
    others.length === othersBefore.length &&
    others.every(
      ({ name, spans }, index) =>
        name === othersBefore[index]!.name && spans.length === othersBefore[index]!.spans.length,
    )
  );
}

/** Who the narrow lanes at the bottom of a row belong to. */
const OtherNames = ({ names, padPx }: { readonly names: readonly string[]; readonly padPx: number }) => (
  <Box
    aria-hidden
    component="span"
    sx={{
      position: 'absolute',
      right: 8,
      fontSize: 9,
      textAlign: 'right',
      color: 'text.secondary',
    }}
    style={{ bottom: padPx }}
  >
    {names.map((name) => (
      <Box key={name} component="span" sx={{ display: 'block', height: otherLanePx, lineHeight: `${otherLanePx}px` }}>
        {name}
      </Box>
    ))}
  </Box>
);
