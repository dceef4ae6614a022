import { api } from '../backend/client.ts';
import { choosePlaces } from './choose-places.ts';
import type { Command, CommandContext } from './commands.ts';
import { changeWorklist, useReviewQueue } from './review-queue.ts';
import { notify } from './notices.ts';

const hasProject = ({ queries }: Pick<CommandContext, 'queries'>): boolean =>
  queries.getQueryData(api.studio.state.queryKey())?.project != null;

/** Goes one step back or forward in the history, says what that was, and shows where it happened. */
async function step(direction: 'undo' | 'redo', { backend, studio }: CommandContext): Promise<void> {
  const state = await backend.history.state();
  if (state[direction] === null) {
    notify(direction === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.');
    return;
  }
  const { label, videoId } = await backend.history[direction]();
  notify(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${label}`, 'success');
  // What was decided a moment ago may be open again.
  changeWorklist((list) => ({ ...list, deciding: new Set() }));
  if (videoId === null) return;
  const entries = (await backend.history.list({ limit: 100 })).filter((entry) => entry.source === 'user');
  // Newest first: what was undone last is the oldest of the undone, what was redone last the newest of the others.
  const entry = direction === 'undo' ? entries.findLast((each) => each.undone) : entries.find((each) => !each.undone);
  const segmentIds = entry?.label === label ? entry.segmentIds : [];
  studio.selectVideo(videoId);
  if (segmentIds.length === 0) return;
  studio.selectSegments(segmentIds, videoId);
  if (segmentIds.length === 1 && useReviewQueue.getState().list.order.includes(segmentIds[0]!)) {
    useReviewQueue.setState({ focusId: segmentIds[0]! });
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
