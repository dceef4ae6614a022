import { isMainThread } from 'node:worker_threads';

/**
 * What must stand in the environment before the libraries load that compute.
 *
 * Offline is a promise: onnxruntime reports to its makers, reads the machine's id and keeps a queue in the home folder
 * unless told not to. And float32 means float32: CUDA's libraries round factors of products to 10 bits (TF32) unless told
 * not to, which moved the features of small models by up to 2 % of their size; who wants speed for precision has fp16.
 */
const wanted = { ORT_DISABLE_TELEMETRY: '1', NVIDIA_TF32_OVERRIDE: '0' } as const;

// Only a process's main thread can set what a library reads; a thread has a copy, so whoever starts one imports this too.
for (const [name, value] of Object.entries(wanted)) {
  if (isMainThread) process.env[name] = value;
  else if (process.env[name] !== value)
    throw new Error('A thread that loads onnxruntime needs runtime-environment.ts in the process that starts it.');
}
