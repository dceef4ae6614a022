// The engine, with a way to end one of its threads from outside: no system kills a thread alone, so that a signal lets
// the process do it to the thread that began last. While ONNX Runtime computes there, that takes the process along.
import { appendFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';

const alive = new Set<Worker>();
process.on('worker', (worker: Worker) => {
  alive.add(worker);
  worker.once('exit', () => alive.delete(worker));
});
process.on('SIGUSR2', () => {
  const last = [...alive].at(-1);
  if (last === undefined) return;
  // One byte for each that was ended: the harness counts them, and a signal may come between two threads.
  appendFileSync(process.env['CUEPOINT_TORTURE_TALLY']!, '.');
  void last.terminate();
});

await import('#main/engine/engine-process.ts');
