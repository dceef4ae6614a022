import { bugReport } from '../studio/bug-report.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const studioHandlers = (studio: Studio) =>
  os.studio.router({
    state: os.studio.state.handler(() => ({
      version: studio.version,
      project: studio.openedProject?.info() ?? null,
      recent: studio.home.recent().map(({ name, location }) => ({
        name,
        location,
        place: studio.places.isThere(location) ? studio.places.tokenOf(location) : null,
      })),
    })),
    settings: os.studio.settings.handler(() => studio.home.settings()),
    changeSettings: os.studio.changeSettings.handler(({ input }) => {
      const settings = studio.home.changeSettings(input);
      studio.changes.publish({ topic: 'settings' });
      return settings;
    }),
    hasServerToken: os.studio.hasServerToken.handler(() => studio.home.hasServerToken()),
    setServerToken: os.studio.setServerToken.handler(({ input }) => {
      studio.home.setServerToken(input.token);
      studio.changes.publish({ topic: 'settings' });
    }),
    keptViews: os.studio.keptViews.handler(() => [...studio.home.views()]),
    keepView: os.studio.keepView.handler(({ input }) => studio.home.keepView(input)),
    provider: os.studio.provider.handler(() => studio.providerReport),
    bugReport: os.studio.bugReport.handler(({ input }) => ({ text: bugReport(studio, input.withNames) })),
    noteFailure: os.studio.noteFailure.handler(({ input }) => {
      process.stderr.write(`The window met an error: ${input.trace.split('\n', 1)[0]}\n`);
      studio.reports.write('window', input.trace);
    }),
    changes: os.studio.changes.handler(({ signal }) => studio.changes.stream(signal)),
  });
