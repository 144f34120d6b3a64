import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from './columns.schema.ts';
import type { SourceFile } from './read-source.repo.ts';
import { loadSource, rowInFile } from './read-source.repo.ts';
import type { Split } from './recipe.schema.ts';
import { ident, literal, selectOne } from './sql.repo.ts';
import { rejectUntyped, typeCells } from './typed-cells.repo.ts';
import { placeRows, writeData } from './write-version.repo.ts';

type Counts = Record<string, number>;

/** A new split of the same rows. */
export async function resplit(c: DuckDBConnection, o: { parent: string; split: Split; folder: string }): Promise<void> {
  await viewParent(c, o.parent);
  const time = o.split.kind === 'time' ? ident(o.split.column) : null;
  await placeRows(c, { table: '(select *, _row as _n from parent)', order: '_row', split: o.split, timeCell: time });
  await writeData(c, o.folder, 'select v.* replace (p._split as _split) from parent v join place p on p._n = v._row');
}

/**
 * Labels by key. `fill` leaves rows alone that have a label, `overwrite` doesn't. What names no row, no label, or two
 * labels for one key goes to quarantine.
 */
export async function applyLabels(
  c: DuckDBConnection,
  o: {
    parent: string;
    columns: Column[];
    keyColumn: string;
    labels: Omit<SourceFile, 'columns'> & { key: string; label: string; source: string | null; all: string[] };
    defaultSource: string;
    mode: 'fill' | 'overwrite';
    folder: string;
  },
): Promise<{ columns: Column[]; counts: Counts }> {
  await viewParent(c, o.parent);
  await loadGiven(c, o.labels);
  const own = o.columns.find((column) => column.kind === 'label');
  const label: Column = own ?? { name: freeName(o.columns, 'label'), kind: 'label' };
  const current = own ? `nullif(v.${ident(own.name)}, '')` : 'cast(null as varchar)';
  const key = `cast(v.${ident(o.keyColumn)} as varchar)`;
  await rejectGiven(c, `select ${key} from parent v`, rowInFile(o.labels.format, o.labels.header ?? true));
  const taken = o.mode === 'fill' ? `g.label is not null and ${current} is null` : 'g.label is not null';
  await c.run(
    `create or replace table joined as select v._row, ${taken} as taken, g.label as label, coalesce(g.source, ${literal(o.defaultSource)}) as source,
       ${current} as before, g.label is not null as given from parent v left join given g on g.key = ${key}`,
  );
  const next = `case when j.taken then j.label else j.before end`;
  const users = o.columns.map((column) =>
    column.name === label.name ? `${next} as ${ident(label.name)}` : `v.${ident(column.name)}`,
  );
  if (!own) users.push(`${next} as ${ident(label.name)}`);
  await writeData(
    c,
    o.folder,
    `select ${users.join(', ')}, v._row, v._split, case when j.taken then j.source else v._label_source end as _label_source
     from parent v join joined j using (_row)`,
  );
  const counts = await selectOne<Counts>(
    c,
    `select count(*) filter (given) as given, count(*) filter (taken and before is null) as filled,
       count(*) filter (taken and before is not null and before <> label) as changed,
       count(*) filter (given and before is not null and (not taken or before = label)) as kept from joined`,
  );
  return { columns: own ? o.columns : [...o.columns, label], counts };
}

/**
 * Adds rows to a part. A row whose key is in the parent already isn't added: where the parent's row waited in
 * `production` it moves into the part and takes the label, elsewhere the parent's row stays as it is.
 */
export async function appendRows(
  c: DuckDBConnection,
  o: {
    parent: string;
    columns: Column[];
    file: Omit<SourceFile, 'columns'>;
    into: string;
    defaultSource: string;
    folder: string;
  },
): Promise<Counts> {
  await viewParent(c, o.parent);
  const last = o.columns.length;
  await loadSource(c, { ...o.file, columns: [...o.columns.map((column) => column.name), '_label_source'] });
  await typeCells(c, o.columns, { keyMayBeMissing: true });
  await rejectUntyped(c, o.columns, rowInFile(o.file.format, true));
  const key = o.columns.findIndex((column) => column.kind === 'key');
  const label = o.columns.findIndex((column) => column.kind === 'label');
  const keyed = key >= 0 ? `coalesce(t.c${key}, 'added-' || left(md5(cast(t as varchar)), 16))` : 'cast(null as varchar)';
  const parentKey = key >= 0 ? `v.${ident(o.columns[key]?.name ?? '')} = a._key` : 'false';
  const source = `coalesce(nullif(s.c${last}, ''), ${literal(o.defaultSource)})`;
  await c.run(
    `create or replace table added as select t.*, ${keyed} as _key, ${source} as _source from typed t join source s using (_n)`,
  );
  await c.run(
    `create or replace table matched as select a._n, v._row, v._split = 'production' as moves from added a join parent v on ${parentKey}`,
  );
  const labelCell = label >= 0 ? `a.c${label}` : 'cast(null as varchar)';
  const kept = o.columns.map((column, index) =>
    index === label
      ? `case when m.moves then coalesce(${labelCell}, v.${ident(column.name)}) else v.${ident(column.name)} end as ${ident(column.name)}`
      : `v.${ident(column.name)}`,
  );
  const fresh = o.columns.map((column, index) => `${index === key ? 'a._key' : `a.c${index}`} as ${ident(column.name)}`);
  await writeData(
    c,
    o.folder,
    `select ${kept.join(', ')}, v._row, case when m.moves then ${literal(o.into)} else v._split end as _split,
       case when m.moves and ${labelCell} is not null then a._source else v._label_source end as _label_source
     from parent v left join matched m on m._row = v._row left join added a on a._n = m._n
     union all by name
     select ${fresh.join(', ')}, (select coalesce(max(_row), -1) from parent) + row_number() over (order by a._n) as _row,
       ${literal(o.into)} as _split, case when ${labelCell} is not null then a._source end as _label_source
     from added a where a._n not in (select _n from matched)`,
  );
  return selectOne<Counts>(
    c,
    `select (select count(*) from added) as given, (select count(*) from added where _n not in (select _n from matched)) as added,
       (select count(*) from matched where moves) as moved, (select count(*) from matched where not moves) as kept`,
  );
}

async function viewParent(c: DuckDBConnection, path: string): Promise<void> {
  await c.run(`create or replace view parent as select * from read_parquet(${literal(path)})`);
}

async function loadGiven(
  c: DuckDBConnection,
  labels: Omit<SourceFile, 'columns'> & { key: string; label: string; source: string | null; all: string[] },
): Promise<void> {
  const names = [labels.key, labels.label, ...(labels.source ? [labels.source] : [])];
  const byPosition = labels.format === 'csv';
  await loadSource(c, { ...labels, columns: byPosition ? labels.all : names });
  const cell = (name: string) => `nullif(trim(c${(byPosition ? labels.all : names).indexOf(name)}), '')`;
  const line = labels.format === 'csv' || labels.format === 'parquet' ? '' : '_line, ';
  await c.run(
    `create or replace table lines as select _n, ${line}${cell(labels.key)} as key, ${cell(labels.label)} as label,
       ${labels.source ? cell(labels.source) : 'cast(null as varchar)'} as source from source`,
  );
}

async function rejectGiven(c: DuckDBConnection, keys: string, place: string): Promise<void> {
  await c.run(
    `create or replace table judged as select l.*, case when key is null then 'no key' when label is null then 'no label'
       when key not in (select k.key from (${keys}) k(key) where k.key is not null) then 'no row has this key'
       when key in (select key from lines where key is not null and label is not null group by key having count(distinct label) > 1)
         then 'a key with two labels' end as _reason from lines l`,
  );
  await c.run(
    `insert into rejected select ${place}, _reason, coalesce('"' || left(key, 200) || '"', 'empty key') || coalesce(' labeled "' || left(label, 200) || '"', ''),
       encode(cast(json_object('key', key, 'label', label, 'source', source) as varchar)) from judged where _reason is not null order by _n`,
  );
  await c.run(
    `create or replace table given as select key, any_value(label) as label, arg_min(source, _n) as source from judged where _reason is null group by key`,
  );
}

function freeName(columns: readonly Column[], wanted: string): string {
  const taken = new Set(columns.map((column) => column.name.toLowerCase()));
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}_${n}`;
  return name;
}
