import { z } from 'zod';
import { DEFAULT_THRESHOLDS, DRIFT_STATES } from '#server/domain/drift/state.ts';
import { WINDOWS } from '#server/domain/drift/windows.ts';

const threshold = z
  .object({ possible: z.number().positive().max(10), drift: z.number().positive().max(10) })
  .refine((value) => value.possible <= value.drift, 'The limit for possible drift must not lie above the one for drift.');

/** How a monitor cuts time and when it calls a difference drift. */
export const monitorSettings = z.object({
  window: z.enum(WINDOWS),
  minRows: z.number().int().min(10).max(1_000_000),
  psi: threshold,
  jensenShannon: threshold,
  accuracyDrop: threshold,
});
export type MonitorSettings = z.infer<typeof monitorSettings>;

export const DEFAULT_SETTINGS: MonitorSettings = { window: 'week', minRows: 50, ...DEFAULT_THRESHOLDS };

const bins = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), edges: z.array(z.number()) }),
  z.object({ kind: z.literal('category'), values: z.array(z.string()) }),
]);

/** What production is compared with: the rows that the serving version learned from, and how it did on its test rows. */
export const monitorReference = z.object({
  modelVersionId: z.string(),
  modelVersion: z.number().int(),
  datasetVersionId: z.string(),
  datasetName: z.string(),
  datasetVersion: z.number().int(),
  rows: z.number().int(),
  classes: z.array(z.string()),
  testRows: z.number().int().nullable(),
  accuracy: z.number().nullable(),
  subjects: z.array(z.object({ key: z.string(), title: z.string(), unit: z.string(), bins, counts: z.array(z.number()) })),
});
export type MonitorReference = z.infer<typeof monitorReference>;

export const driftState = z.enum(DRIFT_STATES);

const subjectResult = z.object({
  counts: z.array(z.number()),
  psi: z.number().nullable(),
  byChance: z.number().nullable(),
  jensenShannon: z.number().nullable(),
  state: driftState,
});
export type SubjectResult = z.infer<typeof subjectResult>;

const proportion = z.object({ estimate: z.number(), lower: z.number(), upper: z.number(), n: z.number().int() });

/** The figures of one window. `confusion[actual][said]` counts rows whose outcome is known, by the class names. */
export const windowResults = z.object({
  subjects: z.record(z.string(), subjectResult),
  answers: z.record(z.string(), proportion),
  confusion: z.record(z.string(), z.record(z.string(), z.number().int())),
  accuracy: proportion.extend({ state: driftState }).nullable(),
  versions: z.record(z.string(), z.object({ rows: z.number().int(), known: z.number().int(), correct: z.number().int() })),
  latencyP99Ms: z.number().nullable(),
  failed: z.number().int(),
});
export type WindowResults = z.infer<typeof windowResults>;

export const monitorWindow = z.object({
  from: z.date(),
  to: z.date(),
  rows: z.number().int(),
  outcomes: z.number().int(),
  results: windowResults,
});
export type MonitorWindowView = z.infer<typeof monitorWindow>;

export const alertView = z.object({
  id: z.string(),
  subject: z.string(),
  severity: z.enum(['possible', 'drift']),
  sentence: z.string(),
  since: z.date(),
  openedAt: z.date(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.date().nullable(),
  note: z.string().nullable(),
  resolvedAt: z.date().nullable(),
});
export type AlertView = z.infer<typeof alertView>;

const monitorHead = z.object({
  id: z.string(),
  name: z.string(),
  deployment: z.object({ id: z.string(), name: z.string() }),
  model: z.string(),
  settings: monitorSettings,
  computedAt: z.date().nullable(),
  version: z.number().int(),
});

/** The newest window's state of each subject, with the finding in words. */
const currentState = z.object({
  state: driftState,
  sentence: z.string(),
  explanation: z.string(),
  since: z.date().nullable(),
  counts: z.object({ drift: z.number().int(), possible: z.number().int(), no: z.number().int(), unknown: z.number().int() }),
});

export const listMonitorsOutput = z.array(
  monitorHead.extend({ current: currentState, openAlerts: z.number().int(), rows: z.number().int() }),
);

export const monitorNameInput = z.object({ monitor: z.string().min(1).max(64) });
export const getMonitorInput = monitorNameInput.extend({ from: z.date().optional(), to: z.date().optional() });
export const getMonitorOutput = monitorHead.extend({
  reference: monitorReference.omit({ subjects: true }).nullable(),
  subjects: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      unit: z.string(),
      state: driftState,
      psi: z.number().nullable(),
      jensenShannon: z.number().nullable(),
      byChance: z.number().nullable(),
    }),
  ),
  windows: z.array(monitorWindow),
  referenceShares: z.record(z.string(), z.number()),
  /** The class that the model is there to find, if it names one. */
  positive: z.string().nullable(),
  alerts: z.array(alertView),
  current: currentState,
  problem: z.string().nullable(),
});

export const distributionInput = monitorNameInput.extend({
  subject: z.string().min(1).max(200),
  from: z.date().optional(),
  to: z.date().optional(),
});
export const distributionOutput = z.object({
  title: z.string(),
  unit: z.string(),
  rows: z.number().int(),
  referenceRows: z.number().int(),
  bins: z.array(z.object({ label: z.string(), reference: z.number(), now: z.number() })),
});

export const createMonitorInput = z.object({ deployment: z.string().min(1).max(64), settings: monitorSettings.optional() });
export const createMonitorOutput = z.object({ id: z.string(), name: z.string() });
export const updateSettingsInput = monitorNameInput.extend({ settings: monitorSettings, version: z.number().int() });
export const updateSettingsOutput = z.object({ version: z.number().int() });
export const acknowledgeInput = z.object({ alertId: z.uuid(), note: z.string().trim().max(2000).default('') });
export const acknowledgeOutput = z.object({ id: z.string() });

export const makeDatasetInput = monitorNameInput.extend({
  from: z.date(),
  to: z.date(),
  dataset: z.string().min(1).max(64),
  /** The version of the dataset that the window's rows are added to. */
  version: z.number().int().positive(),
  note: z.string().trim().max(500).default(''),
});
export const makeDatasetOutput = z.object({
  dataset: z.string(),
  version: z.number().int(),
  datasetVersionId: z.string(),
  rows: z.number().int(),
  withOutcome: z.number().int(),
});

export const compareVersionsInput = monitorNameInput.extend({
  from: z.date(),
  to: z.date(),
  versions: z.tuple([z.number().int().positive(), z.number().int().positive()]),
});
const figure = z.object({
  metric: z.string(),
  a: z.number().nullable(),
  b: z.number().nullable(),
  difference: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});
/** Two versions on the very same requests whose outcome is known, and which neither was trained on. */
export const compareVersionsOutput = z.object({
  a: z.number().int(),
  b: z.number().int(),
  rows: z.number().int(),
  leftOut: z.number().int(),
  figures: z.array(figure),
  sentence: z.string(),
});
