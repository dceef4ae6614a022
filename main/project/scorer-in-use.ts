import { existsSync } from 'node:fs';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { ClipScorer } from '#preload/domain/segment.ts';
import { framesOfSpan } from '../pipeline/score-clips/clip-span.ts';
import type { CorrectedClip, ScorerChoice } from '../engine/vocabulary.ts';
import type { OpenProject } from './open-project.ts';
import { usableLiveVersion, versionFile } from './versions.ts';

/** More do not change a single weight by much. */
const mostCorrectedClips = 200;

/**
 * The scorer of clips as the engine takes it; null where frame features score. A live version whose file `isWanted` does
 * not want is left out. Fails with `not-found` for a model that is not added here, or a live version whose file is gone.
 */
export function scorerChoice(
  project: OpenProject,
  { scorer, scorerModel } = project.settings,
  isWanted: (tunedFile: string) => boolean = () => true,
): ScorerChoice | null {
  if (scorer === 'clip' || scorerModel === null) return null;
  const { folder, provider } = project.modelNamed(scorerModel);
  const live = liveFile(project);
  const tunedFile = live !== null && isWanted(live) ? live : null;
  const isWeighed = scorer === 'fused' && tunedFile === null;
  const model = { folder, provider, tunedFile };
  return isWeighed ? { mode: scorer, model, corrected: correctedClips(project) } : { mode: scorer, model };
}

/** What was accepted last, by video. */
function correctedClips(project: OpenProject): CorrectedClip[] {
  const accepted = project.database.corrections.all().filter(({ decision }) => decision === 'accepted');
  return accepted.slice(-mostCorrectedClips).map(({ videoId, startUs, endUs }) => ({
    videoId,
    checksum: project.video(videoId).checksum,
    startUs,
    endUs,
    ...framesOfSpan(project.frames(videoId), { startUs, endUs }),
  }));
}

/** The same as a proposal's source names it. */
export function clipScorerOf(project: OpenProject, { scorer, scorerModel } = project.settings): ClipScorer | null {
  if (scorer === 'clip' || scorerModel === null) return null;
  return { mode: scorer, model: scorerModel, version: usableLiveVersion(project, 'scorer')?.name ?? null };
}

/** The tensors of the live version; null for the scorer untaught. */
function liveFile(project: OpenProject): string | null {
  const live = usableLiveVersion(project, 'scorer');
  if (live === null) return null;
  const file = versionFile(project, live);
  if (existsSync(file)) return file;
  throw new Failure(
    'not-found',
    say('The tuned scorer in use is no longer at {{file}}: choose another version, or the scorer untaught.', { file }),
    { versionId: live.id },
  );
}
