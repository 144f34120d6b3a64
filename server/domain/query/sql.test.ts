import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { parseExpression } from './expression.ts';
import { formatExpression } from './format.ts';
import { randomExpression } from './random-expression.fixture.ts';
import { compileWhere, type SqlFields } from './sql.ts';

const fields: SqlFields = (parts) => {
  if (parts.join('.') === 'name') return { kind: 'text', sql: 'm.name' };
  if (parts.join('.') === 'stage') return { kind: 'text', sql: 'v.stage', values: ['staging', 'production'] };
  if (parts.join('.') === 'created') return { kind: 'time', sql: 'v.created_at' };
  if (parts.join('.') === 'size') return { kind: 'number', sql: 'v.size' };
  if (parts[0] !== 'metrics' || parts.length < 2) return null;
  const key = parts.slice(1).join('.');
  return {
    kind: 'number',
    sql: 'f.value',
    within: (condition, bind) => `v.id in (select id from f where path = ${bind(key)} and ${condition})`,
  };
};

function compile(text: string, first = 1) {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return compileWhere(parsed.ast, fields, { known: ['name', 'stage'], first });
}

describe('a condition as SQL', () => {
  it('binds every value', () => {
    expect(compile("name = 'spam' and (size > 3 or not name ilike '%x%')")).toEqual({
      ok: true,
      sql: '(m.name = $1::text and (v.size > $2::double precision or (not coalesce(m.name ilike $3::text, false))))',
      values: ['spam', 3, '%x%'],
    });
    expect(compile('metrics."f1 spam" >= 0.9', 4)).toEqual({
      ok: true,
      sql: 'v.id in (select id from f where path = $5 and f.value >= $4::double precision)',
      values: [0.9, 'f1 spam'],
    });
    expect(compile("name in ('a', 'b') and size is null")).toMatchObject({ values: ['a', 'b'] });
  });

  it('takes a day or a month for all of it', () => {
    expect(compile("created = '2026-03'")).toMatchObject({
      values: [new Date('2026-03-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')],
    });
    expect(compile("created > '2026-03-05'")).toMatchObject({
      sql: 'v.created_at >= $1::timestamptz',
      values: [new Date('2026-03-06T00:00:00Z')],
    });
    expect(compile("created <= '2026-03-05 14:30'")).toMatchObject({
      sql: 'v.created_at < $1::timestamptz',
      values: [new Date('2026-03-05T14:31:00Z')],
    });
    expect(compile('created >= 1664067852747')).toMatchObject({ values: [new Date(1664067852747)] });
    expect(compile("created = '2026-02-30'")).toMatchObject({ ok: false });
  });

  it('says at which place a key, a kind or a value doesn’t exist', () => {
    expect(compile("colour = 'red'")).toEqual({
      ok: false,
      errors: [{ from: 0, to: 6, message: 'There is nothing named colour to search by. There are name, stage.' }],
    });
    expect(compile("size > 'x' and name = 3")).toMatchObject({ ok: false, errors: [{ from: 7 }, { from: 22 }] });
    expect(compile("stage = 'prod'")).toMatchObject({
      errors: [{ message: 'stage is never “prod”. It is one of staging, production.' }],
    });
    expect(compile('slices.min(a) > 1')).toMatchObject({ ok: false });
  });

  it('lets nothing of what is written into the statement', () => {
    const evil = ["'; drop table model; --", '" or 1=1 --', '$1', '\\', "''", '`', '%_', '$$', '/*', '1); select pg_sleep(9)'];
    for (const text of evil) {
      const literal = `'${text.replaceAll("'", "''")}'`;
      const key = `metrics."${text.replaceAll('"', '""')}"`;
      const compiled = compile(`name = ${literal} or name like ${literal} or ${key} > 1 or name in (${literal})`);
      if (!compiled.ok) throw new Error('It should compile.');
      expect(compiled.sql).toMatch(/^[\w.()\s$<>=:,]+$/);
      expect(compiled.values.filter((value) => value === text)).toHaveLength(4);
    }
  });

  it('has as many placeholders as values, whatever is asked', () => {
    const random = createRandom(3).next;
    const any: SqlFields = () => ({ kind: 'any', sql: 't.text', number: 't.number' });
    for (let i = 0; i < 300; i += 1) {
      const made = randomExpression(random);
      const compiled = compileWhere(made, any);
      if (!compiled.ok) continue;
      const numbers = [...compiled.sql.matchAll(/\$(\d+)/g)].map((found) => Number(found[1]));
      expect(numbers, formatExpression(made)).toEqual(compiled.values.map((_, index) => index + 1));
      expect(compiled.sql).toMatch(/^[\w.()\s$<>=:,]+$/);
    }
  });
});
