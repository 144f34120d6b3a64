import { z } from 'zod';
import { ROLES, SCOPES } from '#server/auth/roles.ts';
import { stageSchema } from '#server/domain/stages.schema.ts';

/** A name that stands in an address: lower case, digits, hyphens. */
export const projectName = z
  .string()
  .trim()
  .min(2, 'A name needs at least 2 characters.')
  .max(48, 'A name has at most 48 characters.')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens, such as mail-team.')
  .refine((name) => !RESERVED.has(name), 'This name is an address of the console itself. Choose another.');

/** First parts of addresses that belong to the console. */
const RESERVED = new Set(['admin', 'api', 'sign-in', 'invite', 'account', 'v1', 'v2', 'static', 'new']);

const title = z.string().trim().min(1, 'Give the project a title.').max(100, 'A title has at most 100 characters.');

export const myProject = z.object({
  name: z.string(),
  title: z.string(),
  role: z.enum(ROLES),
  archived: z.boolean(),
});
export const myProjectsOutput = z.object({ projects: z.array(myProject) });

export const projectOutput = z.object({
  name: z.string(),
  title: z.string(),
  role: z.enum(ROLES),
  scopes: z.array(z.enum(SCOPES)),
  /** The stages that versions of its models go through, in their order. */
  stages: z.array(stageSchema),
  archived: z.boolean(),
  version: z.number().int(),
  createdAt: z.date(),
});

export const listedProject = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  members: z.number().int(),
  createdAt: z.date(),
  archivedAt: z.date().nullable(),
  version: z.number().int(),
});
export type ListedProject = z.infer<typeof listedProject>;
export const listProjectsOutput = z.object({ projects: z.array(listedProject) });

export const createProjectInput = z.object({ name: projectName, title });
export type CreateProjectInput = z.infer<typeof createProjectInput>;
export const createProjectOutput = z.object({ id: z.uuid(), name: z.string() });

export const renameProjectInput = z.object({ title, version: z.number().int() });
export const archiveProjectInput = z.object({
  name: z.string(),
  version: z.number().int(),
  reason: z.string().trim().max(500).optional(),
});
export const projectVersionOutput = z.object({ version: z.number().int() });
