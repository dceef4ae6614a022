import AdjustOutlined from '@mui/icons-material/AdjustOutlined';
import CheckCircle from '@mui/icons-material/CheckCircle';
import ExpandMore from '@mui/icons-material/ExpandMore';
import MoreVert from '@mui/icons-material/MoreVert';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import Box, { type BoxProps } from '@mui/material/Box';
import InputBase from '@mui/material/InputBase';
import Tooltip from '@mui/material/Tooltip';
import { flushSync } from 'react-dom';
import type { Review } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { ClassSwatch } from '../../shared/ClassChip.tsx';
import { ClassKeyCaps } from '../../shared/ClassKeyCaps.tsx';
import { useKeyOfClass } from '../../shared/class-keys.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import type { CountedClass } from '../../backend/project-queries.ts';
import { useDraft, type Draft } from '../../ui/draft.ts';
import { spokenKeys } from '../../ui/key-caps.ts';
import { grouped } from '../../ui/quantities.ts';
import { ListOption, type OptionPlace } from '../../ui/VirtualListbox.tsx';
import type { TreeRow } from './class-tree.ts';
import { nextReviewState, reviewWords } from './review-states.ts';

const reviewIcons = { unseen: RadioButtonUnchecked, 'in-progress': AdjustOutlined, complete: CheckCircle };

export const rowHeight = 34;

/** One class: how far this video is looked through for it, colour, name, counts and key. */
export function ClassRow(props: {
  readonly place: OptionPlace;
  readonly row: TreeRow<CountedClass>;
  /** Its own, or those of all below it where it is closed. */
  readonly counts: CountedClass['counts'];
  /** Null while no video is selected. */
  readonly review: Review['state'] | null;
  readonly renaming: boolean;
  readonly onRename: () => void;
  readonly onRenamed: () => void;
  readonly onFocus: () => void;
  readonly onMenu: (at: { top: number; left: number }) => void;
  readonly onReview: (state: Review['state']) => void;
}) {
  const { place, row, counts, review } = props;
  const actionClass = row.of;
  const ReviewIcon = reviewIcons[review ?? 'unseen'];
  const key = useKeyOfClass(actionClass);
  return (
    <ListOption
      place={place}
      label={[
        actionClass.name,
        row.depth > 0 ? t('level {{depth}}', { depth: row.depth + 1 }) : '',
        row.below > 0
          ? row.isClosed
            ? t('group of {{below}}, closed', { below: row.below })
            : t('group of {{below}}, open', { below: row.below })
          : '',
        actionClass.kind === 'point' ? t('points in time') : '',
        t('{{open}} open', { open: counts.open }),
        t('{{accepted}} accepted', { accepted: counts.accepted }),
        key === undefined ? '' : t('key {{spokenKeys}}', { spokenKeys: spokenKeys(key) }),
        review === null ? '' : t('in this video {{reviewWords}}', { reviewWords: reviewWords[review] }),
      ]
        .filter(Boolean)
        .join(', ')}
      onClick={props.onFocus}
      onDoubleClick={props.onRename}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu({ top: event.clientY, left: event.clientX });
      }}
      sx={{
        gap: 1,
        pl: 1 + 1.75 * Math.min(row.depth, 6),
        pr: 0.5,
        fontSize: 13,
        '& .more': { opacity: 0 },
        '&:hover .more, &[aria-selected=true] .more': { opacity: 1 },
      }}
    >
      {review !== null && (
        <Tooltip title={t('In this video: {{reviewWords}}', { reviewWords: reviewWords[review] })} placement="right">
          <ForTheMouse
            onClick={(event) => {
              event.stopPropagation();
              props.onReview(nextReviewState(review));
            }}
            sx={{
              color: review === 'unseen' ? 'text.disabled' : review === 'complete' ? 'success.main' : 'primary.main',
            }}
          >
            <ReviewIcon sx={{ fontSize: 16 }} />
          </ForTheMouse>
        </Tooltip>
      )}
      {row.below > 0 && (
        <ForTheMouse
          onClick={(event) => {
            event.stopPropagation();
            useStudio.getState().toggleGroup(actionClass.id);
          }}
          sx={{ mx: -0.5 }}
        >
          <ExpandMore sx={{ fontSize: 16, transform: row.isClosed ? 'rotate(-90deg)' : 'none' }} />
        </ForTheMouse>
      )}
      <ClassSwatch colour={actionClass.colour} size={14} />
      {props.renaming ? (
        <RenameField actionClass={actionClass} onDone={props.onRenamed} />
      ) : (
        <Box
          component="span"
          title={actionClass.name}
          sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          {actionClass.name}
        </Box>
      )}
      <Box
        component="span"
        sx={{ fontSize: 11.5, color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
        title={t('open · accepted')}
      >
        {grouped(counts.open)} · {grouped(counts.accepted)}
      </Box>
      <Box component="span" sx={{ minWidth: 20, textAlign: 'center', whiteSpace: 'nowrap', color: 'text.secondary' }}>
        <ClassKeyCaps actionClass={actionClass} />
      </Box>
      <ForTheMouse
        className="more"
        onClick={(event) => {
          event.stopPropagation();
          const box = event.currentTarget.getBoundingClientRect();
          props.onMenu({ top: box.bottom, left: box.left });
        }}
      >
        <MoreVert sx={{ fontSize: 16 }} />
      </ForTheMouse>
    </ListOption>
  );
}

/** A place to click in an option, which may hold no button: the row's own words and keys say and do the same. */
function ForTheMouse({ sx, ...rest }: BoxProps<'span'>) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={[
        { display: 'inline-flex', p: 0.25, borderRadius: '50%', '&:hover': { bgcolor: 'action.hover' } },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
      {...rest}
    />
  );
}

function RenameField({ actionClass, onDone }: { readonly actionClass: CountedClass; readonly onDone: () => void }) {
  // Others may rename it meanwhile, and are neither overwritten nor shown over what is typed.
  const store = ({ text, began, send }: Draft): void => {
    const name = text.trim();
    send(name);
    if (name !== '' && name !== began)
      attempt(backend.classes.update({ classId: actionClass.id, name, seen: { name: began } }));
    onDone();
  };
  const draft = useDraft(actionClass.name, store);
  return (
    <InputBase
      autoFocus
      value={draft.text}
      onChange={(event) => draft.write(event.target.value)}
      onFocus={(event) => event.target.select()}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        // Within the key's own event, so that leaving the field finds nothing typed.
        if (event.key === 'Escape') flushSync(draft.drop);
        if (event.key === 'Enter' || event.key === 'Escape') (event.target as HTMLInputElement).blur();
      }}
      onBlur={() => store(draft)}
      slotProps={{ input: { 'aria-label': t('New name of {{name}}', { name: actionClass.name }), maxLength: 200 } }}
      sx={{ flex: 1, fontSize: 13, px: 0.5, border: 1, borderColor: 'primary.main', borderRadius: 0.5 }}
    />
  );
}
