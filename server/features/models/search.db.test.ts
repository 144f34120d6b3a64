import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import { createScope, type TestProject } from '#server/testing/factories.ts';
import { createModel, createVersion } from '#server/testing/model-rows.ts';
import { setAlias } from './aliases.service.ts';
import { putTag, replaceFigures } from './figures.repo.ts';
import { recordFacts } from './figures.service.ts';
import { searchKeys, searchVersions } from './search.service.ts';

let project: TestProject;
let scope: ProjectScope;

beforeEach(async () => {
  ({ project, scope } = await createScope('scientist'));
  const spam = await createModel(project, 'spam-filter');
  const other = await createModel(project, 'topics');
  const stages = ['archived', 'production', 'staging', 'development'];
  for (const [index, stage] of stages.entries()) {
    const { id } = await createVersion(spam, { stage });
    const figure = (path: string, value: number | null, text: string | null = null) => ({ path, value, text });
    await replaceFigures(db, scope, {
      versionId: id,
      kind: 'metric',
      figures: [figure('loss', 0.4 - index / 10), figure('f1 of spam', 0.9 + index / 100)],
    });
    await replaceFigures(db, scope, {
      versionId: id,
      kind: 'param',
      figures: [figure('l2', index, String(index)), figure('solver', null, index % 2 ? 'sgd' : 'lbfgs')],
    });
    const interval = { lower: 0.9, upper: 0.99, n: 100, unit: null };
    await recordFacts(db, scope, id, [{ path: 'f1."spam"', estimate: 0.95 + index / 100, ...interval }]);
  }
  await createVersion(other);
  const second = await db.modelVersion.findFirstOrThrow({ where: { modelId: spam.id, number: 2 } });
  await putTag(db, scope, { versionId: second.id, key: 'team', value: 'mail' });
  await setAlias(scope, { model: 'spam-filter', name: 'champion', number: 2, reason: '' });
});

const search = async (query: string, o: { limit?: number; cursor?: string } = {}) =>
  searchVersions(scope, { query, limit: 50, ...o });
const names = async (query: string) => (await search(query)).rows.map((row) => `${row.model} ${row.number}`).sort();

describe('search over versions', () => {
  it('goes by name, stage, alias, time, tags, metrics, params and facts', async () => {
    expect(await names('')).toHaveLength(5);
    expect(await names("name = 'topics'")).toEqual(['topics 1']);
    expect(await names("stage in ('staging', 'production')")).toEqual(['spam-filter 2', 'spam-filter 3']);
    expect(await names("alias = 'champion'")).toEqual(['spam-filter 2']);
    expect(await names("alias is null and name ilike 'SPAM%'")).toEqual(['spam-filter 1', 'spam-filter 3', 'spam-filter 4']);
    expect(await names("tags.team = 'mail'")).toEqual(['spam-filter 2']);
    expect(await names('metrics.loss < 0.25')).toEqual(['spam-filter 3', 'spam-filter 4']);
    expect(await names('metrics."f1 of spam" >= 0.925 or metrics.`f1 of spam` = 0.9')).toEqual([
      'spam-filter 1',
      'spam-filter 4',
    ]);
    expect(await names("params.solver = 'sgd' and params.l2 >= 2")).toEqual(['spam-filter 4']);
    expect(await names("params.l2 = '2'")).toEqual(['spam-filter 3']);
    expect(await names('f1.spam > 0.975')).toEqual(['spam-filter 4']);
    expect(await names('f1.spam.lower >= 0.9 and not f1.spam > 0.955')).toEqual(['spam-filter 1']);
    expect(await names("created > '2000' and created < '2001'")).toEqual([]);
    expect(await names('latency.p99 < 10')).toEqual([]);
  });

  it('shows what was asked for, and the aliases', async () => {
    const { rows } = await search("alias = 'champion' and metrics.loss < 1 and f1.spam > 0");
    expect(rows).toMatchObject([
      {
        aliases: ['champion'],
        stage: 'production',
        figures: [
          { key: 'f1.spam', value: 0.96 },
          { key: 'metrics.loss', value: 0.4 - 0.1 },
        ],
      },
    ]);
  });

  it('gives pages, newest first', async () => {
    const first = await search("name = 'spam-filter'", { limit: 3 });
    expect(first).toMatchObject({ total: 4, next: '3' });
    expect(first.rows.map((row) => row.number)).toEqual([4, 3, 2]);
    const second = await search("name = 'spam-filter'", { limit: 3, cursor: first.next ?? '' });
    expect(second).toMatchObject({ next: null, rows: [{ number: 1 }] });
    await expect(search('', { cursor: "'; drop" })).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('marks what it can’t read, and lets nothing into the statement', async () => {
    expect(await search('metrics.loss >')).toMatchObject({ rows: [], errors: [{ from: 14 }] });
    expect((await search("colour = 'red'")).errors[0]).toMatchObject({ from: 0, to: 6 });
    expect((await search("stage = 'prod'")).errors[0]?.message).toContain('one of development, staging, production, archived');
    expect(await names(`name = '''; drop table model; --'`)).toEqual([]);
    expect(await names(`metrics."x') or 1=1 --" > 1`)).toEqual([]);
    expect(await db.model.count({ where: { projectId: project.id } })).toBe(2);
  });

  it('sees its own project only', async () => {
    const { scope: stranger } = await createScope('admin');
    expect((await searchVersions(stranger, { query: '', limit: 50 })).total).toBe(0);
    expect((await searchVersions(stranger, { query: 'metrics.loss < 1', limit: 50 })).total).toBe(0);
  });

  it('knows what can be searched by', async () => {
    const keys = await searchKeys(scope);
    expect(keys.find((key) => key.text === 'stage')?.values).toContain('production');
    expect(keys.map((key) => key.text)).toEqual(
      expect.arrayContaining(['metrics."f1 of spam"', 'params.solver', 'tags.team', 'f1.spam.lower']),
    );
  });
});
