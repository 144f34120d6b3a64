import { z } from 'zod';

const state = z.enum(['no', 'possible', 'drift', 'unknown']);

/** Something that waits for somebody. `act` is the verb of its button; null when the reader has no act and is told who has. */
export const needSchema = z.object({
  key: z.string(),
  kind: z.enum(['decision', 'review', 'alert', 'labels', 'rollout']),
  title: z.string(),
  note: z.string(),
  path: z.string(),
  act: z.string().nullable(),
  since: z.date().nullable(),
});
export type Need = z.infer<typeof needSchema>;

const figureSchema = z.object({
  id: z.enum(['catches', 'right', 'held', 'correct', 'latency']),
  label: z.string(),
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  of: z.number().int(),
  history: z.array(z.number().nullable()),
});

export const servedSchema = z.object({
  deployment: z.string(),
  model: z.string(),
  version: z.number().int().nullable(),
  stage: z.string().nullable(),
  since: z.date().nullable(),
  rollout: z.object({ number: z.number().int(), candidate: z.number().int(), weight: z.number(), status: z.string() }).nullable(),
  monitor: z.string().nullable(),
  state,
  sentence: z.string(),
  explanation: z.string(),
  stateSince: z.date().nullable(),
  /** Whether the outcomes show that it answers worse than when it was tested. */
  accuracyState: state,
  figures: z.array(figureSchema),
  /** How long the windows are in which all histories count; null where nobody watches. */
  window: z.enum(['day', 'week']).nullable(),
  /** Requests of each window, null for one without any; and how many of the newest window failed. */
  requests: z.array(z.number().int().nullable()),
  failed: z.number().int(),
  /** Share of the positive class among the answers, a window, with its interval; null for a window without answers. */
  share: z
    .object({
      name: z.string(),
      training: z.number().nullable(),
      window: z.enum(['day', 'week']),
      points: z.array(
        z.object({
          from: z.date(),
          value: z.number().nullable(),
          lower: z.number().nullable(),
          upper: z.number().nullable(),
          n: z.number().int(),
        }),
      ),
    })
    .nullable(),
});
export type Served = z.infer<typeof servedSchema>;

export const homeOutput = z.object({
  /** The one sentence that answers "should I worry?", and what follows from it. */
  sentence: z.string(),
  consequence: z.string(),
  needs: z.array(needSchema),
  served: z.array(servedSchema),
  /** What there is already, for a project at its beginning. */
  journey: z.object({
    datasets: z.number().int(),
    labelingProjects: z.number().int(),
    runs: z.number().int(),
    models: z.number().int(),
    deployments: z.number().int(),
  }),
  recent: z.array(
    z.object({
      id: z.string(),
      at: z.date(),
      actor: z.string(),
      action: z.string(),
      target: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});
export type Home = z.infer<typeof homeOutput>;

export const needsOutput = z.object({
  needs: z.array(needSchema),
  counts: z.object({
    labeling: z.number().int(),
    models: z.number().int(),
    deployments: z.number().int(),
    alerts: z.number().int(),
    live: z.object({ experiments: z.boolean(), deployments: z.boolean() }),
  }),
});
export type Needs = z.infer<typeof needsOutput>;
