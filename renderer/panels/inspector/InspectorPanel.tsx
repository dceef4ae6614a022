import Box from '@mui/material/Box';
import TouchAppOutlined from '@mui/icons-material/TouchAppOutlined';
import { useMemo } from 'react';
import type { Span } from '#preload/domain/span.ts';
import { t } from '../../language/language.ts';
import { useUnderWay } from '../../shared/spans-under-way.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useSegments } from '../../backend/project-queries.ts';
import { rowsOf } from '../../backend/segment-order.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { SegmentDetails } from './SegmentDetails.tsx';
import { VideoReading } from './VideoReading.tsx';
import { WhatIsThis } from './WhatIsThis.tsx';

/** Everything about the selected segment (of several, the first), or what the stretch between the `marks` shows. */
export function InspectorPanel({ marks }: { readonly marks: Span | null }) {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const selected = useStudio((studio) => studio.selectedSegmentIds);
  const { data: segments } = useSegments(videoId);
  const [first = 0] = selected;
  const listed = useMemo(() => rowsOf(segments ?? [], selected), [segments, selected]);
  const segment = useUnderWay(listed.get(first));
  const rows = [...listed.values()];
  return (
    <PanelFrame
      title={t('Inspector')}
      scope="inspector"
      aside={selected.length > 1 ? t('first of {{selected}}', { selected: selected.length }) : undefined}
    >
      {segment ? (
        <SegmentDetails segment={segment} selected={rows} />
      ) : (
        <>
          {videoId !== null && (
            <Box sx={{ px: 1.5, pt: 0.5, flexShrink: 0, maxHeight: '80%', overflowY: 'auto' }}>
              <WhatIsThis
                videoId={videoId}
                span={marks}
                of={marks ? t('the marked stretch') : t('the whole clip')}
                choiceWords={(name) => t('Give "{{name}}" to what is marked next', { name })}
                onChoose={(classId) => useStudio.getState().focusClass(classId)}
              />
            </Box>
          )}
          {videoId !== null && <VideoReading videoId={videoId} />}
          <EmptyState icon={<TouchAppOutlined />} title={t('No segment selected')}>
            {t('Select one in the timeline, or mark a new one with I and O.')}
          </EmptyState>
        </>
      )}
    </PanelFrame>
  );
}
