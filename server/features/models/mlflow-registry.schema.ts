import { z } from 'zod';

/** Requests of MLflow's registry API (mlflow.org, "REST API"); versions are texts there. */
const name = z.string().min(1, 'is needed').max(200);
const version = z.union([z.string(), z.number()]).transform((value, ctx) => {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  ctx.addIssue({ code: 'custom', message: `must be a version number such as "3", not ${JSON.stringify(value)}` });
  return z.NEVER;
});
const page = {
  filter: z.string().max(4000).optional(),
  max_results: z.coerce.number().int().min(1).max(1000).default(100),
  page_token: z.string().max(100).optional(),
};

export const modelQuery = z.object({ name });
export const searchQuery = z.object(page);
export const latestInput = z.object({ name, stages: z.array(z.string()).optional() });
export const aliasQuery = z.object({ name, alias: z.string().min(1) });
export const setAliasBody = aliasQuery.extend({ version });
export const versionQuery = z.object({ name, version });
export const transitionBody = versionQuery.extend({
  stage: z.string().min(1),
  archive_existing_versions: z.coerce.boolean().optional(),
});
export const setTagBody = versionQuery.extend({ key: z.string().min(1).max(250), value: z.string().max(5000).default('') });
export const deleteTagBody = versionQuery.extend({ key: z.string().min(1).max(250) });

export const mlflowVersionSchema = z.object({
  name: z.string(),
  version: z.string(),
  creation_timestamp: z.number(),
  last_updated_timestamp: z.number(),
  user_id: z.string(),
  current_stage: z.string(),
  description: z.string(),
  source: z.string(),
  run_id: z.string(),
  status: z.literal('READY'),
  status_message: z.string(),
  run_link: z.string(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  aliases: z.array(z.string()),
});
export type MlflowVersion = z.infer<typeof mlflowVersionSchema>;

export const mlflowModelSchema = z.object({
  name: z.string(),
  creation_timestamp: z.number(),
  last_updated_timestamp: z.number(),
  description: z.string(),
  latest_versions: z.array(mlflowVersionSchema),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  aliases: z.array(z.object({ alias: z.string(), version: z.string() })),
});
export type MlflowModel = z.infer<typeof mlflowModelSchema>;
