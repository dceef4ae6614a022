import { sizeWords } from '#preload/domain/size-words.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';

/** What is in a project. */
async function info(session: Session, project: string): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const [{ name, location, readOnly, settings }, stored, videos, classes] = await Promise.all([
    client.projects.info(),
    client.projects.storedSizes(),
    client.videos.list(),
    client.classes.list(),
  ]);
  const files = await client.videos.files({ videoIds: videos.map(({ id }) => id) });
  const document = {
    name,
    project: location,
    read_only: readOnly,
    model: settings.model,
    sampling_fps: settings.samplingFps,
    stored_bytes: {
      frame_features: stored.frames,
      dense_features: stored.dense,
      proposals: stored.proposals,
      clips: stored.clips,
    },
    videos: videos.map((video, index) => ({
      id: video.id,
      name: video.name,
      location: video.location,
      checksum: files[index]!.checksum,
      missing: video.missing,
      frame_count: video.facts.frameCount,
      duration_s: secondsOf(video.facts.endUs),
      embedded: video.embedded,
      ...video.counts,
      reviewed_share: video.reviewedShare,
    })),
    classes: classes.map((one) => ({ id: one.id, name: one.name, prompt: one.prompt, ...one.counts })),
  };
  const text = [
    `${name} (${location}${readOnly ? ', read-only' : ''}), model ${settings.model ?? 'none'}`,
    `on the disk: ${sizeWords(stored.frames)} of frame features, ${sizeWords(stored.dense)} of what temporal modules made of them, ${sizeWords(stored.proposals)} of proposals, ${sizeWords(stored.clips)} of clips`,
    ...document.videos.map(
      (video) =>
        `${video.id}\t${video.name}\t${video.duration_s.toFixed(2)} s\t${video.accepted} accepted\t${video.proposed} proposed${video.missing ? '\tmissing' : ''}`,
    ),
    ...document.classes.map((one) => `class ${one.name}\t${one.accepted} accepted\t${one.proposed} proposed`),
  ].join('\n');
  return { document, text };
}

export const infoCommand: CliCommand = {
  name: 'info',
  declare: (command, perform) =>
    command
      .description('what is in a project')
      .argument('<project>')
      .action((project) => perform((session) => info(session, project))),
};
