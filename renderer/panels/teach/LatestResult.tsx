import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import DoNotDisturbOnOutlined from '@mui/icons-material/DoNotDisturbOnOutlined';
import Box from '@mui/material/Box';
import type { TunedVersion } from '#preload/domain/tuning.ts';
import { HeldOutTable } from './HeldOutTable.tsx';
import { VersionCurves } from './LossCurve.tsx';
import { standingWords } from './listed-version.ts';

/** What came of the newest teaching: the check's decision and its reason, before and after, and how it was learned. */
export function LatestResult({ version }: { readonly version: TunedVersion }) {
  return (
    <Box sx={{ display: 'grid', gap: 1.25 }}>
      <Box sx={{ display: 'flex', gap: 1 }}>
        {version.passed ? (
          <CheckCircleOutlined titleAccess="passed" sx={{ fontSize: 20, color: 'success.main' }} />
        ) : (
          <DoNotDisturbOnOutlined titleAccess="not passed" sx={{ fontSize: 20, color: 'warning.main' }} />
        )}
        <Box sx={{ minWidth: 0, fontSize: 12.5 }}>
          <Box sx={{ fontWeight: 650 }}>{standingWords(version)}</Box>
          <Box sx={{ color: 'text.secondary', fontSize: 12, textWrap: 'pretty' }}>{version.reason}</Box>
        </Box>
      </Box>
      <HeldOutTable heldOut={version.heldOut} name={version.name} />
      <VersionCurves versionId={version.id} height={104} />
    </Box>
  );
}
