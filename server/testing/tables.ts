import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDuckdb } from '#server/platform/analytics/duckdb.ts';
import { db } from '#server/platform/db/client.ts';
import { putObjectFile } from '#server/platform/storage/objects.ts';
import type { TestProject } from './factories.ts';

type Kind = 'text' | 'number' | 'category' | 'label' | 'key';

/** A dataset version of any columns that is ready, all of it the part `test`, written as the dataset builder writes one. */
export async function createTableVersion(
  project: TestProject,
  o: { dataset: string; columns: Record<string, Kind>; rows: Record<string, string | number | null>[] },
) {
  const folder = mkdtempSync(join(tmpdir(), 'stagecraft-test-'));
  const [source, path] = [join(folder, 'rows.json'), join(folder, 'rows.parquet')];
  writeFileSync(source, JSON.stringify(o.rows.map((row, index) => ({ _row: index, ...row }))));
  const cells = Object.entries(o.columns).map(
    ([name, kind]) => `cast("${name}" as ${kind === 'number' ? 'double' : 'varchar'}) as "${name}"`,
  );
  await withDuckdb(async (connection) => {
    await connection.run(
      `copy (select cast(_row as bigint) as _row, ${cells.join(', ')}, 'test' as _split, cast('import' as varchar) as _label_source from read_json('${source}')) to '${path}' (format parquet)`,
    );
  });
  const stored = await putObjectFile(path, { mediaType: 'application/vnd.apache.parquet' });
  rmSync(folder, { recursive: true, force: true });
  const dataset = await db.dataset.create({ data: { projectId: project.id, name: o.dataset } });
  const columns = Object.entries(o.columns).map(([name, kind]) => ({ name, kind }));
  return db.datasetVersion.create({
    data: {
      projectId: project.id,
      datasetId: dataset.id,
      number: 1,
      status: 'ready',
      recipe: { kind: 'import', uploadId: randomUUID(), format: 'jsonl', columns, split: { kind: 'none' } },
      columns,
      split: { rule: { kind: 'none' }, parts: [{ name: 'test', rows: o.rows.length }] },
      rowCount: o.rows.length,
      dataKey: stored.key,
      readyAt: new Date(),
    },
  });
}
