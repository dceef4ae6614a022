import { t } from '../language/language.ts';
import { backend } from '../backend/client.ts';
import { roughSeconds } from '../ui/durations.ts';
import { announce, notify } from '../shared/notices.ts';
import { useStudio } from '../shared/studio-state.ts';
import { said } from '../language/said.ts';
import type { Told } from '#preload/domain/saying.ts';

interface Outcome {
  readonly name: string;
  readonly live: boolean;
  readonly reason: Told;
}

/** Whether what was learned is in use now, and why. Pure. */
export const outcomeWords = ({ name, live, reason }: Outcome): string =>
  live
    ? t('{{name}} is in use now. {{reason}}', { name, reason: said(reason) })
    : t('{{name}} is not in use: what was before stays. {{reason}}', { name, reason: said(reason) });

/** Says what came of the newest teaching, with the way to all about it. */
export async function tellOfTeaching(what: 'prompts' | 'scorer'): Promise<void> {
  const action = { label: t('Show'), run: () => useStudio.getState().show({ leftPanel: 'teach' }) };
  const question = what === 'scorer' ? await backend.tuning.scorerQuestion() : null;
  if (question) {
    notify(
      t('Fine-tuning X-CLIP would take {{time}}, so it has not begun.', {
        time: roughSeconds(question.estimatedSeconds),
      }),
      'info',
      action,
    );
    return;
  }
  const outcome = what === 'prompts' ? await newestPrompts() : await newestScorer();
  if (!outcome) return;
  // Where all of it is on screen already, a notice would only lie over it.
  if (useStudio.getState().leftPanel === 'teach') announce(outcomeWords(outcome));
  else notify(outcomeWords(outcome), outcome.live ? 'success' : 'info', action);
}

const newestPrompts = async (): Promise<Outcome | undefined> => (await backend.tuning.status()).versions[0];

async function newestScorer(): Promise<Outcome | undefined> {
  const [newest] = await backend.versions.list({ kind: 'scorer' });
  return newest && { ...newest, name: t('{{name}} of X-CLIP', { name: newest.name }) };
}
