import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Finds an artifact's file in the object store. */
export type FindArtifact = (key: string) => Promise<string>;

/**
 * The graphs that this gateway serves, kept in its spool by their content hash: a start without a database or an
 * object store finds them here. On one disk it is a second name of the same file and takes no room.
 */
export class ModelFiles {
  readonly #folder: string;
  readonly #find: FindArtifact;

  constructor(folder: string, find: FindArtifact) {
    this.#folder = folder;
    this.#find = find;
  }

  /** The local file of an artifact. */
  async path(key: string): Promise<string> {
    const path = join(this.#folder, `${key}.onnx`);
    if (await exists(path)) return path;
    const source = await this.#find(key);
    await mkdir(this.#folder, { recursive: true });
    const temporary = `${path}.${process.pid}.tmp`;
    await link(source, temporary).catch(() => copyFile(source, temporary));
    await rename(temporary, path);
    return path;
  }

  /** Removes the files of artifacts that nothing routes to any more. */
  async keepOnly(keys: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      if (name.endsWith('.onnx') && !keys.has(name.slice(0, -5))) await rm(join(this.#folder, name), { force: true });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
