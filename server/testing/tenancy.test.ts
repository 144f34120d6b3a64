import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * No query runs without its project. Every statement of a repo on a table that has `project_id` must say `projectId` or
 * `project_id`; those that rightly work across projects are named here, with the reason.
 */
const ACROSS_PROJECTS: Record<string, string> = {
  'server/auth/tokens.repo.ts#findTokenRow': 'a token is looked up by its hash, and says which project it is of',
  'server/auth/tokens.repo.ts#findLiveTokenRows': 'the gateway serves all projects and keeps all live tokens in memory',
  'server/features/datasets/uploads.repo.ts#deleteUploadsBefore': 'a sweep of forgotten uploads',
  'server/features/datasets/versions.repo.ts#findUnbuiltVersions': 'the worker ends what lost its job, in all projects',
  'server/features/evaluations/abandoned.repo.ts#findAwaiting': 'the worker ends what lost its job, in all projects',
  'server/features/evaluations/abandoned.repo.ts#findUnendedSuiteRuns': 'the worker ends what lost its job, in all projects',
  'server/features/experiments/runs.repo.ts#findUnendedRuns': 'the worker ends what lost its job, in all projects',
  'server/features/labeling/labeling.repo.ts#findUnpreparedLabelings': 'the worker ends what lost its job, in all projects',
  'server/features/models/abandoned.repo.ts#findUnpreparedRequests': 'the worker ends what lost its job, in all projects',
  'server/features/deployments/deployments.repo.ts#findServedDeployments': 'the gateway serves all projects',
  'server/features/notifications/deliveries.repo.ts#deleteOldDeliveries': 'a sweep of deliveries that ended long ago',
  'server/features/people/people.repo.ts#countLiveTokens': 'an administrator sees how many tokens a person made',
  'server/features/projects/tokens.repo.ts#revokeTokensById': 'an administrator ends the tokens of a person who leaves',
};

const SCHEMA = 'prisma/schema';
const CALL =
  /\b(?:tx|db|client)\.([a-z][A-Za-z]+)\s*\.\s*(find\w*|update\w*|delete\w*|create\w*|upsert|count|aggregate|groupBy)\s*\(/g;

function readTree(folder: string, wanted: (name: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(wanted)
    .map((name) => join(folder, name));
}

/** Models with a `projectId` field, by the name of their Prisma delegate. */
function tenantModels(): Set<string> {
  const text = readTree(SCHEMA, (name) => name.endsWith('.prisma'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const models = [...text.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)];
  return new Set(
    models.filter(([, , body]) => /\bprojectId\s+String\s/.test(body ?? '')).map(([, name]) => lowerFirst(name ?? '')),
  );
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The function around a position: from the last line that begins at the left margin with a declaration to the next. */
function enclosing(text: string, at: number): { name: string; body: string } {
  const starts = [...text.matchAll(/^(?:export )?(?:async )?(?:function|const) (\w+)/gm)];
  const index = starts.findLastIndex((start) => start.index <= at);
  const start = starts[index];
  return { name: start?.[1] ?? '', body: text.slice(start?.index ?? 0, starts[index + 1]?.index) };
}

const models = tenantModels();
const calls = readTree('server', (name) => name.endsWith('.repo.ts')).flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(CALL)]
    .filter(([, model]) => models.has(model ?? ''))
    .map((match) => ({ file, model: match[1] ?? '', ...enclosing(text, match.index) }));
});

describe('every query of a project is bound to it', () => {
  it('saw the models and their queries', () => {
    expect(models.size).toBeGreaterThan(15);
    expect(calls.length).toBeGreaterThan(80);
  });

  it.each(calls)('$file $name on $model', ({ file, name, body }) => {
    if (ACROSS_PROJECTS[`${file}#${name}`]) return;
    expect(body, 'names the project').toMatch(/projectId|project_id/);
  });

  it('names no exception that is gone', () => {
    const known = new Set(calls.map(({ file, name }) => `${file}#${name}`));
    expect(Object.keys(ACROSS_PROJECTS).filter((one) => !known.has(one))).toEqual([]);
  });
});
