'use client';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import type { PredictionDetail } from '#server/features/predictions/predictions.schema.ts';

/** When, by whom, how long, and the outcome. */
export function PredictionFacts({ row }: { row: PredictionDetail }) {
  const rest = Math.max(0, row.latencyMs - row.queueMs);
  return (
    <Facts
      width={112}
      items={[
        { term: 'Arrived', value: <DateTime at={row.at} seconds /> },
        { term: 'Event time', value: <DateTime at={row.eventTime} seconds /> },
        { term: 'Deployment', value: row.deployment },
        { term: 'Version', value: <span className="num">{`${row.model} v${row.version}`}</span> },
        { term: 'Arm', value: row.arm },
        row.confidence !== null && { term: 'Confidence', value: <span className="num">{formatPercent(row.confidence, 1)}</span> },
        { term: 'Outcome', value: row.outcome ?? <span className="ink-3">not known yet</span> },
        row.outcomeAt !== null && { term: 'Outcome came', value: <DateTime at={row.outcomeAt} seconds /> },
        { term: 'Time', value: <span className="num">{`${formatNumber(row.latencyMs, 2)} ms`}</span> },
        row.errorCode === null && {
          term: 'of it waiting',
          value: <span className="num">{`${formatNumber(row.queueMs, 2)} ms`}</span>,
        },
        row.errorCode === null && { term: 'and working', value: <span className="num">{`${formatNumber(rest, 2)} ms`}</span> },
        row.batchSize > 0 && {
          term: 'Batch',
          value: <span className="num">{`${row.batchSize} ${row.batchSize === 1 ? 'row' : 'rows'}`}</span>,
        },
        row.provider !== null && { term: 'Ran on', value: row.provider.toUpperCase() },
        row.errorCode !== null && { term: 'Error', value: <span className="mono">{row.errorCode}</span> },
        row.routingKey !== null && { term: 'Routing key', value: <span className="mono">{row.routingKey}</span> },
        row.token !== null && { term: 'Token', value: row.token },
        {
          term: 'Request id',
          value: (
            <>
              <span className="mono">{row.requestId}</span> <CopyButton value={row.requestId} label="Copy the request id" />
            </>
          ),
        },
      ]}
    />
  );
}
