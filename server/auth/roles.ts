/** What a person or a token may do inside one project. */
export const SCOPES = [
  'project:read',
  'data:write',
  'label:write',
  'label:manage',
  'run:write',
  'model:write',
  'test:write',
  'promotion:request',
  'promotion:decide',
  'promotion:comment',
  'gate:write',
  'deployment:write',
  'predict',
  'outcome:write',
  'monitor:write',
  'audit:read',
  'member:manage',
  'token:manage',
] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = ['annotator', 'scientist', 'reviewer', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * The one table of rights. A reviewer decides and sets the gates but trains nothing; a scientist asks but doesn't decide;
 * a manager sees all and changes nothing; an admin of a project runs it but doesn't approve models by that.
 */
export const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  annotator: ['project:read', 'label:write'],
  scientist: [
    'project:read',
    'data:write',
    'label:write',
    'label:manage',
    'run:write',
    'model:write',
    'test:write',
    'promotion:request',
    'promotion:comment',
    'deployment:write',
    'predict',
    'outcome:write',
    'monitor:write',
    'audit:read',
    'token:manage',
  ],
  reviewer: [
    'project:read',
    'label:write',
    'label:manage',
    'test:write',
    'promotion:decide',
    'promotion:comment',
    'gate:write',
    'deployment:write',
    'predict',
    'monitor:write',
    'audit:read',
  ],
  manager: ['project:read', 'audit:read'],
  admin: [
    'project:read',
    'data:write',
    'label:write',
    'label:manage',
    'run:write',
    'model:write',
    'test:write',
    'promotion:request',
    'promotion:comment',
    'gate:write',
    'deployment:write',
    'predict',
    'outcome:write',
    'monitor:write',
    'audit:read',
    'member:manage',
    'token:manage',
  ],
};

/** Scopes that an API token may carry: programs may ask for a promotion, never decide one, nor manage people. */
export const TOKEN_SCOPES = [
  'project:read',
  'data:write',
  'run:write',
  'model:write',
  'test:write',
  'promotion:request',
  'deployment:write',
  'predict',
  'outcome:write',
  'audit:read',
] as const satisfies readonly Scope[];

/** The scopes of a role. */
export function scopesOf(role: Role): ReadonlySet<Scope> {
  return new Set(ROLE_SCOPES[role]);
}
