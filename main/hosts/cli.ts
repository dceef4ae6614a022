#!/usr/bin/env node
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { keepFilesPrivate } from '#main/project/private-files.ts';
import { runCommandLine } from './cli/command-line.ts';

keepFilesPrivate();

// npm runs scripts in the project's folder; the paths on the command line are meant from where the person is.
const { INIT_CWD: typedIn, npm_lifecycle_event: script } = process.env;
if (script === 'cuepoint' && typedIn !== undefined) process.chdir(typedIn);

// When npm is ended, the shell between it and this process ends too, and tells nobody.
const parent = process.ppid;
if (script === 'cuepoint')
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref();

await runCommandLine(process.argv.slice(2), childProcessCarrier);
