import type { Editor } from '#preload/domain/editor.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { StudioSettings, StudioSettingsChange } from '#preload/domain/settings.ts';
import { withVideoRows } from '../project/list-videos.ts';
import { bugReport } from '../studio/bug-report.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const studioHandlers = (studio: Studio) =>
  os.studio.router({
    state: os.studio.state.handler(({ context: { editor, isOwner } }) => ({
      version: studio.version,
      project: studio.openedProject?.info() ?? null,
      signedIn: editor.person === null ? null : { name: editor.person, isOwner },
      // Where else this machine has projects is for whoever may open them.
      recent: (isOwner ? studio.home.recent() : []).map(({ name, location }) => ({
        name,
        location,
        place: studio.places.isThere(location) ? studio.places.tokenOf(location) : null,
      })),
    })),
    settings: os.studio.settings.handler(({ context: { editor } }) => settingsOf(studio, editor)),
    changeSettings: os.studio.changeSettings.handler(({ input, context: { editor, isOwner } }) => {
      changeSettings(studio, input, editor.person, isOwner);
      studio.changes.publish({ topic: 'settings' });
      return settingsOf(studio, editor);
    }),
    hasServerToken: os.studio.hasServerToken.handler(() => studio.home.hasServerToken()),
    setServerToken: os.studio.setServerToken.handler(({ input }) => {
      studio.setServerToken(input.token);
      studio.changes.publish({ topic: 'settings' });
    }),
    keptViews: os.studio.keptViews.handler(({ context }) => [...studio.home.views(context.editor.person)]),
    keepView: os.studio.keepView.handler(({ input, context }) => studio.home.keepView(input, context.editor.person)),
    provider: os.studio.provider.handler(() => studio.providerReport),
    bugReport: os.studio.bugReport.handler(({ input }) => ({ text: bugReport(studio, input.withNames) })),
    noteFailure: os.studio.noteFailure.handler(({ input }) => {
      process.stderr.write(`The window met an error: ${input.trace.split('\n', 1)[0]}\n`);
      studio.reports.write('window', input.trace);
    }),
    changes: os.studio.changes.handler(({ signal: ofCall, context: { editor, gone } }) => {
      const signal = gone ?? ofCall;
      const stream = studio.changes.stream(signal);
      const leave = studio.people.enter(editor, editor.person ?? studio.home.settings().annotator);
      // A stream that nobody ever read from never comes to its end.
      signal?.addEventListener('abort', leave, { once: true });
      if (signal?.aborted) leave();
      return (async function* whileHere() {
        try {
          for await (const change of stream) {
            const project = studio.openedProject;
            yield project === null ? change : withVideoRows(project, change);
          }
        } finally {
          leave();
        }
      })();
    }),
  });

/** As this machine has them, with what is one's own of whoever a sign-in names. */
function settingsOf({ home }: Studio, { person }: Editor): StudioSettings {
  const settings = home.settings();
  return person === null ? settings : { ...settings, ...home.personal(person), annotator: person };
}

/** Where a sign-in names people, the look is each one's own; the rest is the machine's. */
function changeSettings(studio: Studio, change: StudioSettingsChange, person: string | null, isOwner: boolean): void {
  if (person === null) {
    studio.changeSettings(change);
    return;
  }
  const { theme, density, motion, pointers, language, tourSeen, annotator, ...ofMachine } = change;
  if (annotator !== undefined) throw new Failure('forbidden', 'Your name here is the one that you signed in with.');
  if (Object.keys(ofMachine).length > 0) {
    if (!isOwner) throw new Failure('forbidden', 'This setting is for whoever runs the studio, and for its owners.');
    studio.changeSettings(ofMachine);
  }
  studio.home.changePersonal(person, { theme, density, motion, pointers, language, tourSeen });
}
