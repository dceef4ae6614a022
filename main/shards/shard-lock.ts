import { readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { isThereAlready } from '#main/failures/file-failure.ts';
import { isRunning } from '#main/failures/is-running.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';

/** How often whoever works on a shard says that they still do, and after how long a silence nobody believes it. */
export interface Heartbeat {
  readonly everyMs: number;
  readonly silentMs: number;
}
const usualHeartbeat: Heartbeat = { everyMs: 5000, silentMs: 60_000 };

const holder = z.object({ token: z.string(), place: z.string(), pid: z.int(), host: z.string() });
type Holder = z.infer<typeof holder>;

/** A file that says who works on a shard. It is gone when that ends, or silent when whoever it was is no more. */
export interface ShardLock extends Disposable {
  /** Aborts, with a failure to be thrown, where another worker took the shard over. */
  readonly lost: AbortSignal;
}

/**
 * Takes a shard, from a worker that is gone if need be: at once where this machine knows that its process ended, else
 * after its silence. Waits as long for one that may be alive, and fails with `project-busy` where it is.
 */
export async function takeShard(
  file: string,
  { signal, onWait, heartbeat = usualHeartbeat }: LockOptions,
): Promise<ShardLock> {
  const self: Holder = { token: randomUUID(), place: processPlace(), pid: process.pid, host: hostname() };
  const untilMs = Date.now() + 1.5 * heartbeat.silentMs;
  for (let waited = false; ; waited = true) {
    signal.throwIfAborted();
    if (tryToCreate(file, self)) return hold(file, self, heartbeat);
    const other = readHolder(file);
    if (other === 'gone') continue;
    if (isOver(other.holder) || other.silentMs > heartbeat.silentMs) {
      rmSync(file, { force: true });
      continue;
    }
    if (Date.now() > untilMs) {
      const where = other.holder === null ? '' : ` (process ${other.holder.pid} on ${other.holder.host})`;
      throw new Failure(
        'project-busy',
        verbatim(`Another worker is at this shard${where}: try again when it has ended.`),
      );
    }
    if (!waited) onWait();
    await setTimeout(Math.min(1000, heartbeat.everyMs), undefined, { signal });
  }
}

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once where the shard is not free. */
  readonly onWait: () => void;
  readonly heartbeat?: Heartbeat;
}

function hold(file: string, self: Holder, { everyMs }: Heartbeat): ShardLock {
  const lost = new AbortController();
  const isOurs = () => {
    const found = readHolder(file);
    return found !== 'gone' && found.holder?.token === self.token;
  };
  const beat = setInterval(() => {
    if (!isOurs()) lost.abort(new Failure('project-busy', verbatim('Another worker took this shard over.')));
    else utimesSync(file, new Date(), new Date());
  }, everyMs);
  return {
    lost: lost.signal,
    [Symbol.dispose]() {
      clearInterval(beat);
      if (isOurs()) rmSync(file, { force: true });
    },
  };
}

function tryToCreate(file: string, self: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(self), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isThereAlready(error)) return false;
    throw error;
  }
}

/** Who holds it (null: still being written, or unreadable), and for how long nothing was heard. */
function readHolder(file: string): { readonly holder: Holder | null; readonly silentMs: number } | 'gone' {
  const facts = statSync(file, { throwIfNoEntry: false });
  if (facts === undefined) return 'gone';
  try {
    const found = holder.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return { holder: found.data ?? null, silentMs: Date.now() - facts.mtimeMs };
  } catch {
    return { holder: null, silentMs: Date.now() - facts.mtimeMs };
  }
}

/** Whether this machine can see that the process ended: it was one of ours, and no process has its number, or we have. */
function isOver(found: Holder | null): boolean {
  if (found === null || found.place !== processPlace()) return false;
  return found.pid === process.pid || !isRunning(found.pid);
}

/** Where process numbers mean the same: a start of a machine and, where there are containers, the one that it is in. */
function processPlace(): string {
  const read = (look: () => string): string => {
    try {
      return look().trim();
    } catch {
      return '';
    }
  };
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const container = read(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, container].join(' ');
}
