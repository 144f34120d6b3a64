import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { config } from '#server/config.ts';

const builds = () => join(config.dataDir, 'builds');

/** A folder of one build or inspection, beside the object store, so that a finished file only has to be renamed. */
export async function makeBuildFolder(name: string): Promise<string> {
  await mkdir(builds(), { recursive: true, mode: 0o700 });
  return mkdtemp(join(builds(), `${name}-`));
}

/** Removes folders that nothing has touched since `before`: a crash left them. */
export async function removeBuildFolders(before: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(builds()).catch(() => [])) {
    const info = await stat(join(builds(), name)).catch(() => undefined);
    if (!info || info.mtime >= before) continue;
    await rm(join(builds(), name), { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
