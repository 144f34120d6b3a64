import { CalibrationChart } from '#components/charts/draw/calibration.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import type { Evidence, Side } from '#server/features/models/evidence.schema.ts';

/** How often an answer was right, by the probability that it came with. */
export function CalibrationPanel({ evidence }: { evidence: Evidence }) {
  const { candidate, incumbent } = evidence;
  const errors = [...(incumbent ? [incumbent] : []), candidate]
    .map((side) => `v${side.number} ${formatNumber(side.summary.calibration.expectedError, 3)}`)
    .join(', ');
  return (
    <Section padded>
      <CalibrationChart
        title="Calibration"
        caption={`share of right answers, by probability; expected error ${errors}`}
        file={`calibration-v${candidate.number}`}
        what="right answers"
        series={[...(incumbent ? [seriesOf(incumbent, 'var(--ref)')] : []), seriesOf(candidate, 'var(--accent)')]}
      />
    </Section>
  );
}

function seriesOf(side: Side, color: string) {
  return {
    key: `v${side.number}`,
    name: `v${side.number}`,
    color,
    points: side.summary.calibration.bins.flatMap((bin) =>
      bin.confidence === null || bin.accuracy === null
        ? []
        : [{ score: (bin.from + bin.to) / 2, share: bin.accuracy, n: bin.rows }],
    ),
  };
}
