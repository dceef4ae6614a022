import Box from '@mui/material/Box';
import type { PartJudgement } from '#preload/domain/judgement.ts';
import type { BoundaryVersion, TunedVersion } from '#preload/domain/tuning.ts';
import { t } from '../../language/language.ts';
import { broughtWords } from './brought-words.ts';
import { ClassOutcomes } from './ClassOutcomes.tsx';
import { JudgedParts } from './JudgedParts.tsx';
import { listedEdges, listedPrompts, standingWords } from './listed-version.ts';
import { VersionCurves } from './LossCurve.tsx';
import { UseOrGoBack } from './UseOrGoBack.tsx';
import { said } from '../../language/said.ts';

/**
 * What came of the newest teaching, part by part: what a person would see of it on held-back videos, in all and by class
 * with clips to look at, whether it is in use, and the way to decide otherwise; then the numbers and the curves.
 */
export function LatestResult(props: { readonly version: TunedVersion; readonly edges: BoundaryVersion | null }) {
  const { version, edges } = props;
  const { judgement } = version;
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <PartResult name={t('Learned words')} version={version} judgement={judgement?.prompts ?? null} />
      {judgement?.temporal != null && <Brought name={t('Frames in their order')} judgement={judgement.temporal} />}
      {edges !== null && <PartResult name={t('Learned edges')} version={edges} judgement={edges.judgement} />}
      <JudgedParts
        parts={[
          { name: t('Words'), comparison: judgement?.prompts ?? null },
          { name: t('Names without examples'), comparison: judgement?.namesWithoutShots ?? null },
          { name: t('Temporal module'), comparison: judgement?.temporal ?? null },
          { name: t('Edges'), comparison: edges?.judgement ?? null },
        ]}
      />
      <VersionCurves versionId={version.id} height={104} />
    </Box>
  );
}

/** A part that goes live by itself, whatever becomes of the other. */
function PartResult(props: {
  readonly name: string;
  readonly version: TunedVersion | BoundaryVersion;
  readonly judgement: PartJudgement | null;
}) {
  const { name, version, judgement } = props;
  const listed = version.kind === 'prompts' ? listedPrompts(version) : listedEdges(version);
  return (
    <div>
      <Box sx={{ fontSize: 12.5, textWrap: 'pretty' }}>
        <Strong>{name}:</Strong> {judgement === null ? said(version.reason) : broughtWords(judgement)}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, fontSize: 12.5 }}>
        <Box component="span" sx={{ color: version.live ? 'success.main' : 'text.secondary' }}>
          {standingWords(version)}
        </Box>
        {version.usable && <UseOrGoBack version={listed} kind={version.kind} />}
      </Box>
      {judgement !== null && (
        <>
          <ByClass name={name} judgement={judgement} />
          <Box sx={{ color: 'text.secondary', fontSize: 12, textWrap: 'pretty', mt: 0.5 }}>{said(version.reason)}</Box>
        </>
      )}
    </div>
  );
}

const ByClass = ({ name, judgement }: { readonly name: string; readonly judgement: PartJudgement }) => (
  <ClassOutcomes label={t('{{name}}, by class', { name })} classes={judgement.classes} moments={judgement.moments} />
);

function Brought({ name, judgement }: { readonly name: string; readonly judgement: PartJudgement }) {
  return (
    <div>
      <Box sx={{ fontSize: 12.5, textWrap: 'pretty' }}>
        <Strong>{name}:</Strong> {broughtWords(judgement)}
      </Box>
      <ByClass name={name} judgement={judgement} />
    </div>
  );
}

const Strong = ({ children }: { readonly children: React.ReactNode }) => (
  <Box component="span" sx={{ fontWeight: 650 }}>
    {children}
  </Box>
);
