import type { HistoryEntry } from '#preload/contract/segments.ts';
import { api } from '../backend/client.ts';
import { playhead, shuttle } from '../playback/playback.ts';
import { choosePlaces } from '../shared/choose-places.ts';
import type { Command, CommandContext } from '../shared/command.ts';
import { reviewSegment } from '../shared/decide-segments.ts';
import { changeWorklist, useReviewQueue } from '../shared/review-queue.ts';
import { notify } from '../shared/notices.ts';
import { showMoment } from '../shared/show-moment.ts';

const hasProject = ({ queries }: Pick<CommandContext, 'queries'>): boolean =>
  queries.getQueryData(api.studio.state.queryKey())?.project != null;

/**
 * The entry that the last undo or redo touched. Newest first, what is undone now leads the list: undo added the end of
 * that run, redo took the entry behind it. Entries further back may be undone for good.
 */
function lastStep(entries: readonly HistoryEntry[], direction: 'undo' | 'redo'): HistoryEntry | undefined {
  const standing = entries.findIndex((entry) => !entry.undone);
  const undoneRun = standing < 0 ? entries.length : standing;
  return direction === 'undo' ? entries[undoneRun - 1] : entries[undoneRun];
}

/** Which moment of which video is on screen; null while it plays. */
function standstill(): string | null {
  const { videoId, timeUs } = playhead.getState();
  return shuttle.state.getState().rate === 0 ? `${videoId} ${timeUs}` : null;
}

/** Goes one step back or forward in the history, says what that was, and shows where it happened. */
async function step(direction: 'undo' | 'redo', { backend, studio }: CommandContext): Promise<void> {
  const stoodAt = standstill();
  const state = await backend.history.state();
  if (state[direction] === null) {
    notify(direction === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.');
    return;
  }
  const { label, videoId } = await backend.history[direction]();
  notify(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${label}`, 'success');
  // What was decided a moment ago may be open again.
  changeWorklist((list) => ({ ...list, deciding: new Set() }));
  // What was undone may be that the video came in.
  if (videoId === null || !(await backend.videos.list()).some(({ id }) => id === videoId)) return;
  const entries = (await backend.history.list({ limit: 100 })).filter((entry) => entry.source !== 'model');
  const touched = new Set(lastStep(entries, direction)?.segmentIds);
  const segments = (await backend.segments.list({ videoId })).filter((segment) => touched.has(segment.id));
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
    label: 'Undo',
    group: 'Project',
    keys: ['Mod+Z'],
    repeats: true,
    run: (context) => step('undo', context),
  },
  {
    id: 'history.redo',
    label: 'Redo',
    group: 'Project',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    repeats: true,
    run: (context) => step('redo', context),
  },
  {
    id: 'analysis.propose',
    label: 'Propose segments in all videos',
    group: 'Project',
    keys: ['Alt+P'],
    run: async ({ backend, studio, queries }) => {
      if (queries.getQueryData(api.projects.info.queryKey())?.settings.model == null) {
        notify('Choose a model first: it is what proposes.', 'info');
        studio.show({ dialog: 'models' });
        return;
      }
      const { jobIds } = await backend.analysis.propose({ videoIds: null });
      notify(
        jobIds.length === 1 ? 'One video is being looked at.' : `${jobIds.length} videos are being looked at.`,
        'info',
        {
          label: 'Show jobs',
          run: () => studio.show({ dialog: 'jobs' }),
        },
      );
    },
  },
  {
    id: 'transfer.import',
    label: 'Import annotations…',
    group: 'Project',
    keys: ['Alt+I'],
    run: ({ studio }) => studio.show({ dialog: 'import' }),
  },
  {
    id: 'transfer.export',
    label: 'Export annotations…',
    group: 'Project',
    keys: ['Mod+E'],
    run: ({ studio }) => studio.show({ dialog: 'export' }),
  },
  {
    id: 'transfer.report',
    label: 'Report on the data set…',
    group: 'Project',
    keys: [],
    run: async ({ backend, queries }) => {
      const [place] = await choosePlaces('folder');
      if (place === undefined) return;
      const name = queries.getQueryData(api.projects.info.queryKey())?.name ?? 'project';
      const { path } = await backend.transfer.report({ place, fileName: `${name} report.html`, replace: true });
      notify(`The report is ${path}.`, 'success');
    },
  },
  {
    id: 'splits.draw',
    label: 'Train, validation and test…',
    group: 'Project',
    keys: [],
    run: ({ studio }) => studio.show({ dialog: 'splits' }),
  },
  {
    id: 'layers.show',
    label: 'Annotators and agreement…',
    group: 'Project',
    keys: ['Alt+L'],
    run: ({ studio }) => studio.show({ dialog: 'annotators' }),
  },
  {
    id: 'project.new',
    label: 'New project…',
    group: 'Project',
    keys: ['Alt+N'],
    run: ({ studio }) => studio.show({ dialog: 'new-project' }),
  },
  {
    id: 'project.open',
    label: 'Open project…',
    group: 'Project',
    keys: ['Mod+O'],
    run: async ({ backend }) => {
      const [place] = await choosePlaces('project');
      if (place !== undefined) await backend.projects.open({ place });
    },
  },
  {
    id: 'project.close',
    label: 'Close project',
    group: 'Project',
    keys: [],
    run: async (context) => {
      if (hasProject(context)) await context.backend.projects.close();
    },
  },
];
