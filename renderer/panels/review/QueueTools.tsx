import FilterAltOutlined from '@mui/icons-material/FilterAltOutlined';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import { useState, type ReactNode } from 'react';
import { ClassName } from '../../shared/ClassChip.tsx';
import { useStudio, type ReviewOrder } from '../../shared/studio-state.ts';
import { useClasses } from '../../backend/project-queries.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { MenuChoice, MenuHeading } from '../../ui/MenuChoice.tsx';

export const orders: Record<ReviewOrder, string> = {
  confident: 'Most confident first',
  uncertain: 'Most uncertain first',
  'teaches-most': 'What teaches most first',
  'in-order': 'By video and time',
};

/** In which order the queue comes, and what it holds. */
export function QueueTools() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { data: classes = [] } = useClasses();
  const order = useStudio((studio) => studio.reviewOrder);
  const thisVideo = useStudio((studio) => studio.reviewThisVideoOnly);
  const classId = useStudio((studio) => studio.reviewClassId);
  const { show } = useStudio.getState();
  const choice = (key: string, chosen: boolean, pick: () => void, label: ReactNode) => (
    <MenuChoice key={key} kind="radio" chosen={chosen} onClick={pick}>
      {label}
    </MenuChoice>
  );
  return (
    <>
      <IconAction
        label="Order and filter of the queue"
        pressed={thisVideo || classId !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <FilterAltOutlined fontSize="small" />
      </IconAction>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuHeading>Order</MenuHeading>
        {(Object.keys(orders) as ReviewOrder[]).map((key) =>
          choice(key, order === key, () => show({ reviewOrder: key }), orders[key]),
        )}
        <Divider />
        <MenuHeading>Videos</MenuHeading>
        {choice('every-video', !thisVideo, () => show({ reviewThisVideoOnly: false }), 'All videos')}
        {choice('this-video', thisVideo, () => show({ reviewThisVideoOnly: true }), 'The selected video')}
        <Divider />
        <MenuHeading>Classes</MenuHeading>
        {choice('every-class', classId === null, () => show({ reviewClassId: null }), 'All classes')}
        {classes.map((each) =>
          choice(
            `class-${each.id}`,
            classId === each.id,
            () => show({ reviewClassId: each.id }),
            <ClassName of={each} />,
          ),
        )}
      </Menu>
    </>
  );
}
