import type { ProcessRow, QueueRow } from '#server/features/system/system.schema.ts';

type Process = Omit<ProcessRow, 'memoryMb'>;

/** A process as administrators see it. */
export function toProcessRow(process: Process): ProcessRow {
  const { memoryMb, ...info } = process.info;
  return { ...process, info, memoryMb: typeof memoryMb === 'number' ? memoryMb : null };
}

/** Counts by queue and state as one row a queue. */
export function toQueueRows(counts: { name: string; state: string; count: bigint; oldest: Date | null }[]): QueueRow[] {
  const rows = new Map<string, QueueRow>();
  for (const { name, state, count, oldest } of counts) {
    if (name.startsWith('__pgboss')) continue;
    const row = rows.get(name) ?? { name, waiting: 0, active: 0, failed: 0, done: 0, oldestWaitingAt: null };
    rows.set(name, row);
    if (state === 'created' || state === 'retry') {
      row.waiting += Number(count);
      if (oldest && (!row.oldestWaitingAt || oldest < row.oldestWaitingAt)) row.oldestWaitingAt = oldest;
    } else if (state === 'active') row.active += Number(count);
    else if (state === 'failed') row.failed += Number(count);
    else row.done += Number(count);
  }
  return [...rows.values()];
}

/** The message of a failed job, from whatever its handler threw. */
export function failureMessage(output: unknown): string {
  if (typeof output === 'string') return output;
  if (typeof output === 'object' && output !== null) {
    const { message, value } = output as { message?: unknown; value?: unknown };
    if (typeof message === 'string') return message;
    if (value !== undefined) return failureMessage(value);
  }
  return 'No reason was left.';
}
