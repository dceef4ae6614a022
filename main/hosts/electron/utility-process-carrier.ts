import { utilityProcess } from 'electron';
import { engineEnvironment } from '#main/engine/engine-scratch.ts';
import { engineEntry, type EngineCarrier } from '#main/engine/carriers.ts';

const lastWordsLength = 2000;

/** Carries the engine as one of Chromium's utility processes, which end with the app. Needs the app to be ready. */
export const utilityProcessCarrier: EngineCarrier = () => {
  const child = utilityProcess.fork(engineEntry, [], {
    serviceName: 'Cuepoint engine',
    env: engineEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let lastWords = '';
  let gone = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsLength);
  });
  child.on('exit', () => {
    gone = true;
  });
  return {
    get pid() {
      return child.pid;
    },
    post: (message) => {
      if (!gone) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener({ reason: `exit code ${code}`, lastWords })),
    kill: () => void child.kill(),
  };
};
