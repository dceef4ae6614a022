import FileOpenOutlined from '@mui/icons-material/FileOpenOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';
import type { TuningStatus } from '#preload/contract/tuning.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { tourAnchor } from '../../shared/tour-anchors.ts';
import { useProject } from '../../backend/project-queries.ts';
import { attempt } from '../../shared/notices.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { LatestResult } from './LatestResult.tsx';
import { LearnedFrom } from './LearnedFrom.tsx';
import { listedEdges, listedLesson, listedPrompts } from './listed-version.ts';
import { VersionCurves } from './LossCurve.tsx';
import { NothingToLearn } from './NothingToLearn.tsx';
import { PartsInUse } from './PartsInUse.tsx';
import { useTuning } from './queries.ts';
import { ScorerTeaching } from './ScorerTeaching.tsx';
import { TeachCard } from './TeachCard.tsx';
import { WhatItBrought } from './WhatItBrought.tsx';
import { importVersion } from './version-actions.ts';
import { VersionList } from './VersionList.tsx';

/** Learning from corrections: one button, what it learns from, what came of it, and every version to go back to. */
export function TeachPanel() {
  const tuning = useTuning();
  const corrections = tuning.data && correctionCount(tuning.data);
  return (
    <PanelFrame
      hold={tourAnchor('teach-panel')}
      title={t('Teach')}
      scope="teach"
      tools={
        <IconAction label={t('Import a version from another project')} onClick={() => attempt(importVersion())}>
          <FileOpenOutlined fontSize="small" />
        </IconAction>
      }
      aside={corrections !== undefined && corrections > 0 ? counted(corrections, 'correction') : undefined}
    >
      {tuning.isError && !tuning.data ? (
        <FailureNote error={tuning.error} onRetry={() => void tuning.refetch()} />
      ) : !tuning.data ? (
        <RowsSkeleton rows={5} height={84} label={t('Loading what was learned')} />
      ) : corrections === 0 && tuning.data.versions.length === 0 && tuning.data.lessonVersions.length === 0 ? (
        <NothingToLearn obstacle={tuning.data.obstacle} />
      ) : (
        <Teaching status={tuning.data} />
      )}
    </PanelFrame>
  );
}

function Teaching({ status }: { readonly status: TuningStatus }) {
  const scorer = useProject().data?.settings;
  const [newest] = status.versions;
  const edges = status.boundaryVersions.find(({ createdAt }) => createdAt === newest?.createdAt) ?? null;
  const live = status.versions.find((version) => version.live && version.usable);
  return (
    <Box
      sx={{
        flex: 1,
        minHeight: 0,
        overflowY: 'auto',
        scrollbarGutter: 'stable',
        pl: 1.5,
        pr: 0.5,
        pb: 2,
        display: 'flex',
        flexDirection: 'column',
        gap: 2.25,
      }}
    >
      <TeachCard status={status} />
      {newest && (
        <Part title={t('Latest: {{name}}', { name: newest.name })}>
          <LatestResult version={newest} edges={edges} />
        </Part>
      )}
      {status.parts.corrections && (
        <Part title={t('What corrections bring at once')}>
          <WhatItBrought />
        </Part>
      )}
      <Part title={t('In use: {{name}}', { name: live?.name ?? t('zero-shot') })}>
        <PartsInUse parts={status.parts} />
      </Part>
      {status.versions.length > 0 && (
        <Part title={t('Versions')}>
          <VersionList
            kind="prompts"
            versions={status.versions.map((version) => ({
              ...listedPrompts(version),
              curve: <VersionCurves versionId={version.id} height={140} />,
            }))}
          />
        </Part>
      )}
      {status.boundaryVersions.length > 0 && (
        <Part title={t('Learned edges')}>
          <VersionList kind="boundaries" versions={status.boundaryVersions.map(listedEdges)} />
        </Part>
      )}
      {status.lessonVersions.length > 0 && (
        <Part title={t('Taught in other projects')}>
          <VersionList kind="corrections" versions={status.lessonVersions.map(listedLesson)} />
        </Part>
      )}
      {scorer && scorer.scorer !== 'clip' && scorer.scorerModel !== null && (
        <Part title={t('X-CLIP: {{scorerModel}}', { scorerModel: scorer.scorerModel })}>
          <ScorerTeaching model={scorer.scorerModel} />
        </Part>
      )}
      <Part title={t('What it learns from')}>
        <LearnedFrom status={status} />
      </Part>
    </Box>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={{ flexShrink: 0 }}>
      <Typography id={id} variant="h3" component="h3" noWrap title={title} sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

const correctionCount = ({ classes, rejected }: TuningStatus): number =>
  classes.reduce((sum, { count }) => sum + count, rejected.count);
