import { describe, expect, it } from 'vitest';
import type { Stage } from '#server/domain/stages.schema.ts';
import { mayDeleteVersion } from './deletion.policy.ts';

const stages: Stage[] = [
  { name: 'development', title: 'Development', place: 1, role: 'start', description: '' },
  { name: 'production', title: 'Production', place: 2, role: 'serving', description: '' },
  { name: 'archived', title: 'Archived', place: 3, role: 'end', description: '' },
];
const nothing = { deployments: [], openRequests: 0, everServed: false };
const version = { stage: 'development', deletedAt: null };
const ask = (o: Partial<Parameters<typeof mayDeleteVersion>[0]>) =>
  mayDeleteVersion({ stages, version, hangs: nothing, isProjectAdmin: false, ...o });

describe('deleting a version', () => {
  it('is free while nothing hangs on it', () => expect(ask({})).toEqual({ ok: true }));
  it.each([
    ['it answers', { hangs: { ...nothing, deployments: ['spam-filter'] } }, /spam-filter/],
    ['it stands where versions answer', { version: { stage: 'production', deletedAt: null } }, /Take it out/],
    ['somebody asks for it', { hangs: { ...nothing, openRequests: 1 } }, /request/],
    ['it answered once and no admin asks', { hangs: { ...nothing, everServed: true } }, /admin/],
    ['it is gone', { version: { stage: 'archived', deletedAt: new Date(0) } }, /already/],
  ] as const)('is refused when %s', (_name, o, why) => {
    const may = ask(o);
    expect(may.ok).toBe(false);
    if (!may.ok) expect(may.why).toMatch(why);
  });
  it('is an admin’s to do for what answered once', () => {
    expect(ask({ hangs: { ...nothing, everServed: true }, isProjectAdmin: true })).toEqual({ ok: true });
  });
});
