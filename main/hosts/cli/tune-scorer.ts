import { Failure } from '#preload/domain/failure.ts';
import { scorerPresetId, type ScorerPresetId } from '#preload/domain/scorer-version.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { doneJob, finishJobs, finishRescoring } from './finish-jobs.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { numberOf, oneOf } from './option-values.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Fine-tunes the project's X-CLIP on its corrections, or goes back to another version of it. */
async function tuneScorer(
  session: Session,
  project: string,
  options: { readonly preset: ScorerPresetId; readonly allowMinutes: number; readonly use?: string },
): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const { use, preset, allowMinutes } = options;
  if (use !== undefined) return useVersion(session, client, use);
  const started = async () => [(await client.tuning.startScorer({ preset, longestMinutes: allowMinutes })).jobId];
  const job = doneJob(await finishJobs(session, client, started), 'Tuning was cancelled.');
  const [version] = await scorerVersions(client);
  if (version === undefined) throw new Failure('internal', verbatim('Tuning ended without a version.'));
  const { live } = version;
  if (live) await finishRescoring(session, client);
  const rows = {
    'as published': version.heldOut.zeroShot,
    before: version.heldOut.current,
    after: version.heldOut.tuned,
  };
  return {
    document: { ...version, reason: english(version.reason), notes: job.notes.map(english) },
    text: [
      `${version.name} of ${version.model}, learned from ${version.shots} stretches`,
      ...Object.entries(rows).map(
        ([name, { count, accuracy, logLoss }]) =>
          `  ${name}: ${percent(accuracy)} of ${count} held-out corrections right, loss ${logLoss.toFixed(3)}`,
      ),
      `${live ? 'In use' : 'Not in use'}: ${english(version.reason)}`,
    ].join('\n'),
  };
}

type Client = Awaited<ReturnType<typeof openProject>>['client'];

const scorerVersions = async (client: Client) =>
  (await client.versions.list({ kind: 'scorer' })).flatMap((version) => (version.kind === 'scorer' ? version : []));

async function useVersion(session: Session, client: Client, wanted: string): Promise<Outcome> {
  const versions = await scorerVersions(client);
  const version = versions.find(({ id, name }) => String(id) === wanted || name === wanted);
  if (wanted !== 'published' && version === undefined) {
    const known = ['published', ...versions.map(({ name }) => name)].join(', ');
    throw new Failure('not-found', verbatim(`There is no version "${wanted}" of the scorer; there are: ${known}.`));
  }
  if (version === undefined) await client.versions.goBack({ kind: 'scorer' });
  else await client.versions.setLive({ versionId: version.id });
  await finishRescoring(session, client);
  const name = version?.name ?? 'the scorer as published';
  return { document: { scorer_version: version?.id ?? null, name }, text: `In use: ${name}` };
}

export const tuneScorerCommand: CliCommand = {
  name: 'tune-scorer',
  declare: (command, perform) =>
    command
      .description('fine-tune the project’s X-CLIP on its corrections')
      .argument('<project>')
      .option('--preset <preset>', scorerPresetId.options.join('|'), oneOf(scorerPresetId.options), 'careful')
      .option('--allow-minutes <n>', 'refuse, with an estimate, what would take longer', numberOf, 60)
      .option('--use <version>', 'go to a version instead: its name, or "published"')
      .action((project, options) => perform((session) => tuneScorer(session, project, options))),
};
