import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { queryRows, quoteLiteral, quoteName, rowsOf, withDuckdb } from './duckdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'stagecraft-duckdb-test-'));
const outside = mkdtempSync(join(tmpdir(), 'stagecraft-duckdb-out-'));
writeFileSync(join(outside, 'secret.csv'), 'a\n1\n');
afterAll(() => {
  for (const path of [folder, outside]) rmSync(path, { recursive: true, force: true });
});

test('values come as JSON can carry them', async () => {
  const rows = await queryRows(
    `select 5::bigint as small, 9007199254740993::bigint as large, timestamptz '2020-01-02 03:04:05+02' as at, [1, 2] as list, null as nothing, $1 as bound`,
    ["it's"],
  );
  expect(rows).toEqual([
    { small: 5, large: '9007199254740993', at: '2020-01-02T01:04:05.000Z', list: [1, 2], nothing: null, bound: "it's" },
  ]);
});

test('Parquet is written and read in an allowed folder', async () => {
  const file = quoteLiteral(join(folder, 'a.parquet'));
  await withDuckdb(
    async (connection) => {
      await connection.run(`copy (select range as n from range(1000)) to ${file} (format parquet)`);
      expect(await rowsOf(connection, `select sum(n) as total from ${file}`)).toEqual([{ total: 499_500 }]);
    },
    { allow: [folder] },
  );
});

test.each([
  ['a file elsewhere', `select * from read_csv(${quoteLiteral(join(outside, 'secret.csv'))})`],
  ['a way out by dots', `select * from read_csv(${quoteLiteral(`${folder}/../${outside.split('/').pop()}/secret.csv`)})`],
  ['writing elsewhere', `copy (select 1) to ${quoteLiteral(join(outside, 'written.csv'))}`],
  ['attaching a database', `attach ${quoteLiteral(join(outside, 'x.db'))}`],
  ['an extension', 'install httpfs'],
  ['unlocking', 'set enable_external_access = true'],
  ['another setting', "set temp_directory = '/'"],
])('%s is refused', async (_what, sql) => {
  await expect(queryRows(sql, [], { allow: [folder] })).rejects.toThrow();
  expect(readdirSync(outside)).toEqual(['secret.csv']);
});

test('names and texts of people are quoted', async () => {
  expect(await queryRows(`select 1 as ${quoteName('a "b" c')}, ${quoteLiteral("it's")} as t`)).toEqual([
    { 'a "b" c': 1, t: "it's" },
  ]);
});
