import { describe, expect, it } from 'vitest';
import { SCOPES } from '#server/auth/roles.ts';
import type { Access } from '#server/trpc/procedures.ts';
import { appRouter } from '#server/trpc/root.ts';

type Walked = { _def: { meta?: Access; type: 'query' | 'mutation' | 'subscription'; inputs: unknown[]; output?: unknown } };

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Walked>);

/** The only doors that stand open: how one may sign in, reading and taking a one-time link. */
const PUBLIC = ['people.readLink', 'people.signInOptions', 'people.takeLink'];

/** Ask a version something and keep nothing: mutations only because inputs are too long for an address. */
const KEEPS_NOTHING = ['behaviour.check', 'explanations.input', 'models.tryInput'];

describe('every procedure of the root router', () => {
  it('was found', () => {
    expect(procedures.length).toBeGreaterThan(60);
  });

  it.each(procedures)('%s says who may call it', (path, { _def }) => {
    const access = _def.meta;
    expect(access, 'built with one of the four builders').toBeDefined();
    if (access?.access === 'project') expect(SCOPES).toContain(access.scope);
    if (access?.access === 'public') expect(PUBLIC).toContain(path);
  });

  it.each(procedures.filter(([, { _def }]) => _def.type !== 'subscription'))('%s has an output schema', (_path, { _def }) => {
    expect(_def.output).toBeDefined();
  });

  it.each(procedures.filter(([, { _def }]) => _def.type === 'mutation' && _def.meta?.access === 'project'))(
    '%s changes something, so it asks for more than reading',
    (path, { _def }) => {
      const scope = _def.meta?.access === 'project' ? _def.meta.scope : null;
      if (!KEEPS_NOTHING.includes(path)) expect(scope).not.toBe('project:read');
    },
  );
});
