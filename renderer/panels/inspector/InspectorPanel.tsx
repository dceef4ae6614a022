import TouchAppOutlined from '@mui/icons-material/TouchAppOutlined';
import { useStudio } from '../../app/studio-state.ts';
import { useSegments } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { SegmentDetails } from './SegmentDetails.tsx';

/** Everything about the selected segment; of several, the first. */
export function InspectorPanel() {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const selected = useStudio((studio) => studio.selectedSegmentIds);
  const { data: segments } = useSegments(videoId);
  const segment = segments?.find((each) => each.id === selected[0]);
  return (
    <PanelFrame
      title="Inspector"
      scope="inspector"
      aside={selected.length > 1 ? `first of ${selected.length}` : undefined}
    >
      {segment ? (
        <SegmentDetails segment={segment} />
      ) : (
        <EmptyState icon={<TouchAppOutlined />} title="No segment selected">
          Select one in the timeline, or mark a new one with I and O.
        </EmptyState>
      )}
    </PanelFrame>
  );
}
