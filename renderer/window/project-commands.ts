import { t } from '../language/language.ts';
import { said } from '../language/said.ts';
import { api } from '../backend/client.ts';
import { failureOf } from '../backend/failures.ts';
import { playhead, shuttle } from '../playback/playback.ts';
import { choosePlaces } from '../shared/choose-places.ts';
import type { Command, CommandContext } from '../shared/command.ts';
import { reviewSegment } from '../shared/decide-segments.ts';
import { changeWorklist, useReviewQueue } from '../shared/review-queue.ts';
import { attempt, notify } from '../shared/notices.ts';
import { showMoment } from '../shared/show-moment.ts';

const hasProject = ({ queries }: Pick<CommandContext, 'queries'>): boolean =>
  queries.getQueryData(api.studio.state.queryKey())?.project != null;

/** Which moment of which video is on screen; null while it plays. */
function standstill(): string | null {
  const { videoId, timeUs } = playhead.getState();
  return shuttle.state.getState().rate === 0 ? `${videoId} ${timeUs}` : null;
}

/**
 * Takes one step. Where somebody has changed since what it would touch, says so, and offers the step before that instead;
 * answers null.
 */
async function take(direction: 'undo' | 'redo', context: CommandContext, before?: number) {
  const { history } = context.backend;
  try {
    return await (direction === 'redo' ? history.redo() : history.undo(before === undefined ? undefined : { before }));
  } catch (error) {
    const { code, message, details } = failureOf(error);
    if (code !== 'conflict') throw error;
    const editId = details['editId'];
    const run = (): void => attempt(step('undo', context, Number(editId)));
    const instead = direction === 'undo' && editId !== undefined ? { label: t('Undo the one before'), run } : undefined;
    notify(message, 'warning', instead);
    return null;
  }
}

/**
 * Goes one step back or forward in the history (back: to the one `before` a certain edit, if given), says what that was,
 * and shows where it happened.
 */
async function step(direction: 'undo' | 'redo', context: CommandContext, before?: number): Promise<void> {
  const { backend, studio } = context;
  const stoodAt = standstill();
  const state = await backend.history.state();
  if (state[direction] === null) {
    notify(direction === 'undo' ? t('There is nothing to undo.') : t('There is nothing to redo.'));
    return;
  }
  const taken = await take(direction, context, before);
  if (taken === null) return;
  const { label, videoId, segmentIds } = taken;
  notify(`${direction === 'undo' ? t('Undone') : t('Redone')}: ${said(label)}`, 'success');
  // What was decided a moment ago may be open again.
  changeWorklist((list) => ({ ...list, deciding: new Set() }));
  // What was undone may be that the video came in.
  if (videoId === null || !(await backend.videos.list()).some(({ id }) => id === videoId)) return;
  const segments = (segmentIds.length === 0 ? [] : await backend.segments.some({ segmentIds })).toSorted(
    (a, b) => a.startUs - b.startUs,
  );
  const [first] = segments;
  // Whoever went elsewhere meanwhile is not brought back.
  if (stoodAt !== null && standstill() !== stoodAt) return;
  if (!first) {
    studio.selectVideo(videoId);
    return;
  }
  const { list } = useReviewQueue.getState();
  if (studio.reviewing && list.order.includes(first.id)) {
    reviewSegment(first);
  } else {
    showMoment(videoId, first, 'seek');
    studio.selectSegments(
      segments.map((segment) => segment.id),
      videoId,
    );
  }
}

/** Projects, their history, model work and what goes in and out. */
export const projectCommands: readonly Command[] = [
  {
    id: 'history.undo',
    label: t('Undo'),
    group: 'Project',
    keys: ['Mod+Z'],
    repeats: true,
    run: (context) => step('undo', context),
  },
  {
    id: 'history.redo',
    label: t('Redo'),
    group: 'Project',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    repeats: true,
    run: (context) => step('redo', context),
  },
  {
    id: 'analysis.propose',
    label: t('Propose segments in all videos'),
    group: 'Project',
    keys: ['Alt+P'],
    run: async ({ backend, studio, queries }) => {
      if (queries.getQueryData(api.projects.info.queryKey())?.settings.model == null) {
        notify(t('Choose a model first: it is what proposes.'), 'info');
        studio.show({ dialog: 'models' });
        return;
      }
      const { jobIds } = await backend.analysis.propose({ videoIds: null });
      notify(
        t('{{count}} videos are being looked at.', { count: jobIds.length, one: 'One video is being looked at.' }),
        'info',
        {
          label: t('Show jobs'),
          run: () => studio.show({ dialog: 'jobs' }),
        },
      );
    },
  },
  {
    id: 'transfer.import',
    label: t('Import annotations…'),
    group: 'Project',
    keys: ['Alt+I'],
    run: ({ studio }) => studio.show({ dialog: 'import' }),
  },
  {
    id: 'transfer.export',
    label: t('Export annotations…'),
    group: 'Project',
    keys: ['Mod+E'],
    run: ({ studio }) => studio.show({ dialog: 'export' }),
  },
  {
    id: 'transfer.report',
    label: t('Report on the data set…'),
    group: 'Project',
    keys: [],
    run: async ({ backend, queries }) => {
      const [place] = await choosePlaces('folder');
      if (place === undefined) return;
      const name = queries.getQueryData(api.projects.info.queryKey())?.name ?? 'project';
      const { path } = await backend.transfer.report({ place, fileName: `${name} report.html`, replace: true });
      notify(t('The report is {{path}}.', { path }), 'success');
    },
  },
  {
    id: 'splits.draw',
    label: t('Train, validation and test…'),
    group: 'Project',
    keys: [],
    run: ({ studio }) => studio.show({ dialog: 'splits' }),
  },
  {
    id: 'classes.progress',
    label: t('Progress by class…'),
    group: 'Project',
    keys: [],
    run: ({ studio }) => studio.show({ dialog: 'progress' }),
  },
  {
    id: 'quality.show',
    label: t('Quality: how good proposals are…'),
    group: 'Project',
    keys: ['Alt+E'],
    run: ({ studio }) => studio.show({ dialog: 'quality' }),
  },
  {
    id: 'history.set-point',
    label: t('Set a restore point…'),
    group: 'Project',
    keys: [],
    run: ({ studio }) => studio.show({ dialog: 'restore-point' }),
  },
  {
    id: 'layers.show',
    label: t('Annotators and agreement…'),
    group: 'Project',
    keys: ['Alt+L'],
    run: ({ studio }) => studio.show({ dialog: 'annotators' }),
  },
  {
    id: 'project.new',
    label: t('New project…'),
    group: 'Project',
    keys: ['Alt+N'],
    run: ({ studio }) => studio.show({ dialog: 'new-project' }),
  },
  {
    id: 'project.open',
    label: t('Open project…'),
    group: 'Project',
    keys: ['Mod+O'],
    run: async ({ backend }) => {
      const [place] = await choosePlaces('project');
      if (place !== undefined) await backend.projects.open({ place });
    },
  },
  {
    id: 'project.close',
    label: t('Close project'),
    group: 'Project',
    keys: [],
    run: async (context) => {
      if (hasProject(context)) await context.backend.projects.close();
    },
  },
];
