import type { z } from 'zod';
import type {
  compareVersionsOutput,
  distributionOutput,
  getMonitorOutput,
  listMonitorsOutput,
  MonitorWindowView,
  makeDatasetOutput,
} from '#server/features/monitoring/monitors.schema.ts';

export type MonitorDetail = z.infer<typeof getMonitorOutput>;
export type MonitorRow = z.infer<typeof listMonitorsOutput>[number];
export type Distribution = z.infer<typeof distributionOutput>;
export type Comparison = z.infer<typeof compareVersionsOutput>;
export type MadeDataset = z.infer<typeof makeDatasetOutput>;
/** A window of time, and what was served in it; null where nothing was. */
export type Slot = { from: Date; window: MonitorWindowView | null };
