import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import DoNotDisturbOnOutlined from '@mui/icons-material/DoNotDisturbOnOutlined';
import Box from '@mui/material/Box';
import type { BoundaryVersion, TunedVersion } from '#preload/domain/tuning.ts';
import { JudgedParts } from './JudgedParts.tsx';
import { VersionCurves } from './LossCurve.tsx';
import { standingWords } from './listed-version.ts';

/**
 * What came of the newest teaching: of each part the check's decision and its reason, held-back videos without and with
 * it, and how it was learned.
 */
export function LatestResult(props: { readonly version: TunedVersion; readonly edges: BoundaryVersion | null }) {
  const { version, edges } = props;
  const { judgement } = version;
  return (
    <Box sx={{ display: 'grid', gap: 1.25 }}>
      <Standing of={version} what="Prompts" />
      {edges !== null && <Standing of={edges} what="Edges" />}
      <JudgedParts
        parts={[
          { name: 'Prompts', comparison: judgement?.prompts ?? null },
          { name: 'Names without examples', comparison: judgement?.namesWithoutShots ?? null },
          { name: 'Temporal module', comparison: judgement?.temporal ?? null },
          { name: 'Boundary head', comparison: edges?.judgement ?? null },
        ]}
      />
      <VersionCurves versionId={version.id} height={104} />
    </Box>
  );
}

function Standing({ of, what }: { readonly of: TunedVersion | BoundaryVersion; readonly what: string }) {
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {of.passed ? (
        <CheckCircleOutlined titleAccess="passed" sx={{ fontSize: 20, color: 'success.main' }} />
      ) : (
        <DoNotDisturbOnOutlined titleAccess="not passed" sx={{ fontSize: 20, color: 'text.secondary' }} />
      )}
      <Box sx={{ minWidth: 0, fontSize: 12.5 }}>
        <Box sx={{ fontWeight: 650 }}>
          {what}: {standingWords(of)}
        </Box>
        <Box sx={{ color: 'text.secondary', fontSize: 12, textWrap: 'pretty' }}>{of.reason}</Box>
      </Box>
    </Box>
  );
}
