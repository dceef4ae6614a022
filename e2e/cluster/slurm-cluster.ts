import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isRunning } from '#main/failures/is-running.ts';

/** Slurm itself on this machine: one node on loopback, ended with its disposal. */
export interface SlurmCluster extends AsyncDisposable {
  /** Runs one of Slurm's programs and answers what it printed. */
  call(program: string, ...args: readonly string[]): string;
}

/** Starts Debian's `slurm-wlm` with `munge`, as root, with all its files in `folder`. */
export async function startSlurm(folder: string, cpus: number): Promise<SlurmCluster> {
  if (process.getuid?.() !== 0) throw new Error('Slurm is started by root');
  if (!existsSync('/usr/sbin/slurmctld'))
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'slurm-wlm', 'munge'], { stdio: 'inherit' });
  startMunge();
  const name = hostname().split('.')[0]!;
  const at = (part: string) => path.join(folder, part);
  for (const part of ['state', 'spool']) mkdirSync(at(part), { recursive: true });
  const conf = at('slurm.conf');
  writeFileSync(
    conf,
    `ClusterName=lo
SlurmctldHost=${name}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmctldPidFile=${at('ctld.pid')}
SlurmdPidFile=${at('d.pid')}
SlurmctldLogFile=${at('ctld.log')}
SlurmdLogFile=${at('d.log')}
StateSaveLocation=${at('state')}
SlurmdSpoolDir=${at('spool')}
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
KillWait=10
NodeName=${name} NodeAddr=127.0.0.1 CPUs=${cpus} State=UNKNOWN
PartitionName=p Nodes=${name} Default=YES MaxTime=INFINITE State=UP
`,
  );
  const env = { ...process.env, SLURM_CONF: conf };
  const call = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { env, encoding: 'utf8' }).trim();
  for (const daemon of ['slurmctld', 'slurmd']) execFileSync(daemon, { env, stdio: 'ignore' });
  while (spawnSync('sinfo', ['-h', '-o', '%T'], { env, encoding: 'utf8' }).stdout.trim() !== 'idle')
    await setTimeout(500);
  return {
    call,
    async [Symbol.asyncDispose]() {
      for (const file of ['d.pid', 'ctld.pid']) {
        const pid = Number(readFileSync(at(file), 'utf8'));
        process.kill(pid, 'SIGTERM');
        while (isRunning(pid)) await setTimeout(100);
      }
    },
  };
}

function startMunge(): void {
  if (spawnSync('munge', ['-n'], { stdio: 'ignore' }).status === 0) return;
  const folders = ['/run/munge', '/var/lib/munge', '/var/log/munge', '/etc/munge'];
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  if (!existsSync('/etc/munge/munge.key')) {
    writeFileSync('/etc/munge/munge.key', randomBytes(1024));
    chmodSync('/etc/munge/munge.key', 0o400);
  }
  execFileSync('chown', ['-R', 'munge:', ...folders]);
  execFileSync('su', ['-s', '/bin/sh', 'munge', '-c', 'munged --force'], { stdio: 'ignore' });
}
