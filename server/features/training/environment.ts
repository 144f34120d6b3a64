import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) });

/** What a run was trained with, for whoever wants to repeat it. */
export function describeEnvironment(): Record<string, string> {
  const file = new URL('../../../package.json', import.meta.url);
  const { version, dependencies } = packageSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    stagecraft: version,
    trainer: 'logistic-regression 1',
    node: process.versions.node,
    onnxruntime: dependencies['onnxruntime-node'] ?? 'unknown',
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GB`,
  };
}
