import { isMainThread } from 'node:worker_threads';

/*
 * Offline is a promise: onnxruntime reports to its makers, reads the machine's id and keeps a queue in the home folder
 * unless this is set before its library loads. Only a process's main thread can set it for the library; a thread has a
 * copy of the environment, so whoever starts threads that infer imports this file too.
 */
if (isMainThread) process.env['ORT_DISABLE_TELEMETRY'] = '1';
else if (process.env['ORT_DISABLE_TELEMETRY'] !== '1')
  throw new Error('A thread that loads onnxruntime needs telemetry-off.ts in the process that starts it.');
