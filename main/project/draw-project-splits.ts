import { basename, dirname } from 'node:path/posix';
import type { SplitDraw, SplitPlan } from '#preload/contract/splits.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { split as splits } from '#preload/domain/split.ts';
import type { Split } from '#preload/domain/split.ts';
import { drawSplits } from '../annotation/draw-splits.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from './open-project.ts';

/** Which part each video of a project would go to. Fails with `bad-input` for shares or a pattern that cannot be. */
export function drawProjectSplits({ database }: OpenProject, draw: SplitDraw): Map<number, Split> {
  if (splits.options.every((one) => draw.shares[one] === 0))
    throw new Failure('bad-input', say('One of the shares must be more than 0.'), {});
  const groupOf = grouping(draw);
  const present = new Set(database.classes.present().map(({ id }) => id));
  const videos = database.videos.present().map((video) => ({
    id: video.id,
    group: groupOf(video),
    classIds: draw.stratified
      ? database.segments
          .ofVideo(video.id)
          .filter(({ state, classId }) => state === 'accepted' && present.has(classId))
          .map(({ classId }) => classId)
      : [],
  }));
  return drawSplits(videos, draw.shares, draw.seed);
}

/** How a project's videos and accepted segments would lie in parts. */
export function splitPlan({ database }: OpenProject, splitOf: ReadonlyMap<number, Split | null>): SplitPlan {
  const names = new Map(database.classes.present().map(({ id, name }) => [id, name]));
  const none = () => ({ train: 0, validation: 0, test: 0, none: 0 });
  const [videos, segments] = [none(), none()];
  const classes = new Map([...names.keys()].map((id) => [id, none()]));
  for (const { id } of database.videos.present()) {
    const part = splitOf.get(id) ?? 'none';
    videos[part] += 1;
    for (const { state, classId } of database.segments.ofVideo(id)) {
      const ofClass = classes.get(classId);
      if (state !== 'accepted' || ofClass === undefined) continue;
      segments[part] += 1;
      ofClass[part] += 1;
    }
  }
  return {
    videos,
    segments,
    classes: [...classes].map(([classId, counts]) => ({ classId, name: names.get(classId)!, counts })),
  };
}

/** What a video shares with those of its source. */
function grouping({ together, pattern }: SplitDraw): (video: StoredVideo) => string {
  if (together === 'video') return ({ id }) => `video ${id}`;
  if (together === 'folder') return ({ absolutePath }) => dirname(absolutePath.replaceAll('\\', '/'));
  if (together === 'name') return ({ name }) => beginningOf(name);
  const source = patternOf(pattern);
  return ({ id, absolutePath }) => {
    const found = source.exec(basename(absolutePath.replaceAll('\\', '/')));
    return found === null ? `video ${id}` : `source ${found[1] ?? found[0]}`;
  };
}

/** A name without its extension and without what stands behind the last `_`, `-`, space or dot: "P01_02.mp4" is P01. */
const beginningOf = (name: string): string => {
  const stem = name.replace(/\.[^.]+$/u, '');
  return /^(.+)[_\-. ][^_\-. ]*$/u.exec(stem)?.[1] ?? stem;
};

function patternOf(pattern: string): RegExp {
  try {
    if (pattern !== '') return new RegExp(pattern, 'u');
  } catch (error) {
    throw new Failure(
      'bad-input',
      say('The pattern of sources cannot be read: {{reason}}.', { reason: (error as Error).message }),
      { pattern },
    );
  }
  throw new Failure('bad-input', say('Say how a name tells the source: a pattern such as "g\\d+".'), {});
}
