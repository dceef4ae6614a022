import path from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { createBackend, type Backend } from '#main/backend.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import { createHandler } from '#main/http/handle.ts';
import { HomeFolder } from '#main/studio/home-folder.ts';
import { installLastHandler } from '#main/failures/last-handler.ts';
import { keepLog, logIn } from '#main/failures/program-log.ts';
import { ReportFolder, reportsIn } from '#main/failures/report-folder.ts';
import { projectMeantBy } from '#main/project/door-file.ts';
import { keepFilesPrivate } from '#main/project/private-files.ts';
import { toFailure } from '#main/failures/to-failure.ts';
import { runCommandLine } from './cli/command-line.ts';
import { commandTable } from './cli/command-table.ts';
import { answerUpdates } from './electron/answer-updates.ts';
import { answerPages } from './electron/dialogs.ts';
import { followRecentProjects, OutsideProjects } from './electron/outside-projects.ts';
import { declareScheme, serveScheme } from './electron/scheme.ts';
import { denyPermissions, denyStrangers, silenceChromium } from './electron/security.ts';
import { utilityProcessCarrier } from './electron/utility-process-carrier.ts';
import { bringForward, openWindow } from './electron/window.ts';
import { homeFolder } from './home-folder.ts';
import { programVersion, rendererFolder } from './program-files.ts';
import { openSampleProject } from './sample-project.ts';
import { keepYoungHeapSmall } from './young-heap.ts';

/** The packaged app cannot run as Node, so its command line and its server are modes of the app itself. */
const modes: Readonly<Record<string, readonly string[]>> = { '--cli': [], '--serve': ['serve'] };

/**
 * What the command line is to run instead of a window, or null. A command's own name is enough, so that the link that
 * packages put on the PATH serves as both: `cuepoint`, `cuepoint propose jumps.cuepoint`.
 */
function commandLineOf(words: readonly string[]): readonly string[] | null {
  const modeAt = words.findIndex((word) => Object.hasOwn(modes, word));
  if (modeAt >= 0) return [...modes[words[modeAt]!]!, ...words.slice(modeAt + 1)];
  const [first] = words;
  const isCommand = first === '--help' || first === '--version' || commandTable.some(({ name }) => name === first);
  return isCommand ? words : null;
}

/** Tells a person who may see no console. */
const tell = (error: unknown) => dialog.showErrorBox('Cuepoint', toFailure(error).message);

const reports = new ReportFolder(reportsIn(homeFolder()), programVersion);
installLastHandler(reports, (text) => dialog.showErrorBox('Cuepoint', text));
keepFilesPrivate();
keepYoungHeapSmall();
app.setPath('userData', path.join(homeFolder(), 'window'));
silenceChromium();
const commandLine = commandLineOf(wordsOf(process.argv));
if (commandLine === null) keepLog(logIn(homeFolder()));
// Nothing is awaited at the top level: Electron becomes ready only once this module has run to its end.
if (commandLine !== null) void runWithoutWindow(commandLine);
else if (app.requestSingleInstanceLock()) void runStudio().catch(failToStart);
else app.quit();

async function runWithoutWindow(args: readonly string[]): Promise<void> {
  app.disableHardwareAcceleration();
  await app.whenReady();
  await runCommandLine(args, utilityProcessCarrier);
  await new Promise((resolve) => process.stdout.write('', resolve));
  app.exit(Number(process.exitCode ?? 0));
}

async function runStudio(): Promise<void> {
  let window: BrowserWindow | null = null;
  declareScheme();
  denyStrangers();
  // macOS names the project that was opened in the file manager by an event, which may come before the app is ready.
  const asked: string[] = [];
  let openLater = (project: string): void => void asked.push(project);
  app.on('open-file', (event, project) => {
    event.preventDefault();
    openLater(project);
  });
  app.on('second-instance', (_event, words, folder) => {
    if (window) bringForward(window);
    const project = projectNamedBy(words);
    if (project !== null) openLater(path.resolve(folder, project));
  });
  await app.whenReady();

  denyPermissions();
  const engine = startEngine(utilityProcessCarrier, (why, lastWords) => reports.noteEngineEnd(why, lastWords));
  const backend = createBackend({
    homeFolder: homeFolder(),
    engine,
    version: programVersion,
    pagesBrowse: false,
  });
  const handle = createHandler(backend, rendererFolder);
  serveScheme((request) => handle(request));
  answerPages(backend);
  const home = new HomeFolder(homeFolder());
  const projects = new OutsideProjects(backend, tell);
  followRecentProjects(backend, home, projects);
  const updates = answerUpdates(backend, home);
  quitInOrder(async () => {
    await backend.close();
    await engine[Symbol.asyncDispose]();
    // A newer version that starts in this one's place must not find it still there.
    app.releaseSingleInstanceLock();
    return updates.finish();
  });
  await openFirst(backend, home, asked.pop() ?? null);
  openLater = (project) => projects.offer(projectMeantBy(project), true);
  window = await openWindow(reports, (reason) => {
    dialog.showErrorBox(
      'Cuepoint',
      `The window ended twice by itself (${reason}). Everything is saved; start Cuepoint anew.`,
    );
    app.quit();
  });
  projects.showIn(window);
  await updates.lookAtStart();
}

/** What a person typed behind the program's name. */
function wordsOf(argv: readonly string[]): readonly string[] {
  return argv.slice(app.isPackaged ? 1 : 2);
}

/** The project among the words of a command line of this app; null where there is none. */
function projectNamedBy(words: readonly string[]): string | null {
  // Chromium puts switches of its own before a second launch's words.
  return wordsOf(words).findLast((word) => !word.startsWith('-')) ?? null;
}

/**
 * Opens the project that the command line or the file manager named; the sample where this person never opened any.
 * One that does not open is told of, and the studio starts.
 */
async function openFirst(backend: Backend, home: HomeFolder, asked: string | null): Promise<void> {
  const project = asked ?? projectNamedBy(process.argv);
  if (project !== null) await backend.openProject(projectMeantBy(path.resolve(project))).catch(tell);
  else if (home.recent().length === 0) await openSampleProject(backend, homeFolder()).catch(tell);
}

/** The app quits with its last window, after the project was closed and backed up; `close` answers whether it ends by itself. */
function quitInOrder(close: () => Promise<boolean>): void {
  let closed: Promise<void> | null = null;
  let endsItself = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (endsItself) return;
    event.preventDefault();
    closed ??= close()
      .then((ends) => void (endsItself = ends))
      .catch(tell)
      .finally(() => endsItself || app.exit());
  });
}

function failToStart(error: unknown): void {
  tell(error);
  app.exit(1);
}
