import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JSON_LINES, OWNER_FILE, PREDICTION_LINES } from '#server/gateway/spool/writer.ts';
import { startMark } from '#server/platform/processes/alive.ts';

export type Segment = { path: string; bytes: number; folder: string };

const SEGMENT = /^(\d{9})\.(\w+)$/;
const NEWLINE = 10;

/** Closed segments of a folder, oldest first: those below the number `before`, or all. */
export function listSegments(folder: string, before = Number.POSITIVE_INFINITY): Segment[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => (name.endsWith(PREDICTION_LINES) || name.endsWith(JSON_LINES)) && Number(SEGMENT.exec(name)?.[1]) < before)
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

/** The whole lines of a segment of predictions. A last one that a dying process left torn has no line break and is left out. */
export async function readWhole(path: string): Promise<Buffer> {
  const data = await readFile(path);
  return data.subarray(0, data.lastIndexOf(NEWLINE) + 1);
}

/** Two halves of some lines, cut between two of them; undefined for a single line. */
export function halve(lines: Buffer): [Buffer, Buffer] | undefined {
  const middle = lines.length >> 1;
  let cut = lines.indexOf(NEWLINE, middle) + 1;
  if (cut === 0 || cut >= lines.length) cut = lines.lastIndexOf(NEWLINE, Math.max(0, middle - 1)) + 1;
  return cut === 0 || cut >= lines.length ? undefined : [lines.subarray(0, cut), lines.subarray(cut)];
}

/** The whole lines of a segment of JSON lines. A last one that is torn is no JSON and is left out. */
export async function readJsonLines(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
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
