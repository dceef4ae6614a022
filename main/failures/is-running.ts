import { systemCodeOf } from './file-failure.ts';

/** Whether a process of this machine has that number; one of another person counts, though it is not ours to signal. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}
