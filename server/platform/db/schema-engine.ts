import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SCHEMA = join(ROOT, 'prisma', 'schema');
export const NO_FILTER = { externalTables: [], externalEnums: [] };

type Raw = typeof bindings & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

let loaded: Promise<Raw> | undefined;

async function load(): Promise<Raw> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const module = await WebAssembly.compile(await readFile(join(dirname(entry), 'schema_engine_bg.wasm')));
  const raw = bindings as Raw;
  const instance = await WebAssembly.instantiate(module, {
    './schema_engine_bg.js': raw as unknown as WebAssembly.ModuleImports,
  });
  raw.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return raw;
}

/**
 * Gives `fn` Prisma's schema engine as WebAssembly, in this process: the `prisma migrate` command would download a
 * native one.
 */
export async function withSchemaEngine<T>(connectionString: string, fn: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load();
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on('error', () => undefined);
  const raw = await loaded;
  const datamodels = schemaFiles().map((file): [string, string] => [file.path, file.content]);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
    const engine = await raw.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    try {
      return await fn(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** The Prisma schema of this code, a file a slice. */
export function schemaFiles(): { path: string; content: string }[] {
  return readdirSync(SCHEMA)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: join(SCHEMA, name), content: readFileSync(join(SCHEMA, name), 'utf8') }));
}
