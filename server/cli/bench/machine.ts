import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

export type Machine = { cpu: string; cores: number; memoryGb: number; system: string; node: string };

/** What the figures of a bench were measured on. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
  };
}
