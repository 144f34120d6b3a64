import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OWNER_FILE } from '#server/gateway/spool/writer.ts';
import { startMark } from '#server/platform/processes/alive.ts';

export type Segment = { path: string; bytes: number; folder: string };

/** Closed segments of a folder, oldest first: those below `before` (a segment's name), or all. */
export function listSegments(folder: string, before?: string): Segment[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log') && (before === undefined || name < before))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const bytes = sizeOf(path);
      return bytes === undefined ? [] : [{ path, bytes, folder }];
    });
}

/** Folders below `root` whose process has ended: what they hold is for whoever finds it. */
export function orphanedFolders(root: string, own: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, entry.name))
    .filter((folder) => folder !== own && !hasOwner(folder));
}

/** Removes an orphaned folder once nothing is left in it. */
export function removeEmpty(folder: string): void {
  if (listSegments(folder).length === 0) rmSync(folder, { recursive: true, force: true });
}

/** The whole lines of a segment. A last line that a dying process left torn is no JSON and is left out. */
export function readLines(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n');
  const last = lines.pop();
  if (last && isWhole(last)) lines.push(last);
  return lines.filter((line) => line.length > 1);
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line.slice(1));
    return true;
  } catch {
    return false;
  }
}

function hasOwner(folder: string): boolean {
  try {
    const { pid, mark } = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')) as { pid: number; mark: string };
    return mark !== '' && startMark(pid) === mark;
  } catch {
    return false;
  }
}

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path).size;
  } catch {
    return undefined;
  }
}
