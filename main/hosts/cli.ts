#!/usr/bin/env node
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { installLastHandler } from '#main/failures/last-handler.ts';
import { ReportFolder, reportsIn } from '#main/failures/report-folder.ts';
import { keepFilesPrivate } from '#main/project/private-files.ts';
import { runCommandLine } from './cli/command-line.ts';
import { homeFolder } from './home-folder.ts';
import { programVersion } from './program-files.ts';
import { followCaller } from './typed-in.ts';
import { keepYoungHeapSmall } from './young-heap.ts';

installLastHandler(new ReportFolder(reportsIn(homeFolder()), programVersion));

keepFilesPrivate();
keepYoungHeapSmall();
followCaller('cuepoint');

// When npm is ended, the shell between it and this process ends too, and tells nobody.
const parent = process.ppid;
if (process.env['npm_lifecycle_event'] === 'cuepoint')
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref();

await runCommandLine(process.argv.slice(2), childProcessCarrier);
