import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { readTunedVersionFacts } from '../pipeline/tune/tuned-version-file.ts';
import { spansSeenBy } from '../pipeline/tune-scorer/seen-spans.ts';
import type { ScorerChoice, TaughtChoice } from '../engine/vocabulary.ts';
import type { OpenProject } from './open-project.ts';
import { scorerChoice } from './scorer-in-use.ts';
import { taughtChoice } from './taught-choice.ts';
import { usableLiveVersion, versionFile } from './versions.ts';

/** What proposes in a project, as far as it has not been trained on some videos. */
export interface UnseenParts {
  readonly taught: TaughtChoice;
  readonly scorer: ScorerChoice | null;
  /** Words about what is left out. */
  readonly notes: readonly Saying[];
}

/**
 * What is live now without each trained part that has seen any of these videos: it would propose in them what it was told.
 * What corrections teach at once is still all there. Fails as `scorerChoice` does.
 */
export function unseenParts(project: OpenProject, videoIds: ReadonlySet<number>): UnseenParts {
  const taught = taughtChoice(project);
  const notes: Saying[] = [];
  const hasSeen = (seen: readonly { readonly videoId: number }[]): boolean =>
    seen.some(({ videoId }) => videoIds.has(videoId));
  const prompts = usableLiveVersion(project, 'prompts');
  const isPromptsSeen = taught.versionFile !== null && hasSeen(seenBy(taught.versionFile));
  const edges = usableLiveVersion(project, 'boundaries');
  // A head does not say itself what it was trained on: the prompts of the same teaching do.
  const teaching = project.database.versions.of('prompts').find(({ createdAt }) => createdAt === edges?.createdAt);
  const isEdgesSeen =
    edges !== null &&
    edges.origin === null &&
    (teaching === undefined || hasSeen(seenBy(versionFile(project, teaching))));
  const scorerVersion = usableLiveVersion(project, 'scorer');
  let isScorerSeen = false;
  const scorer = scorerChoice(project, project.settings, (file) => {
    isScorerSeen = hasSeen(readable(() => spansSeenBy(file)));
    return !isScorerSeen;
  });
  if (isPromptsSeen)
    notes.push(
      say('Left out, since trained on these videos: the tuned names ({{name}}).', { name: prompts?.name ?? '' }),
    );
  if (isEdgesSeen)
    notes.push(say('Left out, since trained on these videos: the learned edges ({{name}}).', { name: edges.name }));
  if (isScorerSeen)
    notes.push(
      say('Left out, since trained on these videos: the tuned scorer ({{name}}).', { name: scorerVersion?.name ?? '' }),
    );
  return {
    taught: {
      ...taught,
      versionFile: isPromptsSeen ? null : taught.versionFile,
      boundaryFile: isEdgesSeen ? null : taught.boundaryFile,
    },
    scorer,
    notes,
  };
}

const seenBy = (file: string): readonly { readonly videoId: number }[] =>
  readable(() => readTunedVersionFacts(file).seen);

/** A file that is damaged or gone has no say: localising says so itself. */
function readable<Seen>(read: () => readonly Seen[]): readonly Seen[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
