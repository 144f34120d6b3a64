import { CalibrationChart } from '#components/charts/draw/calibration.tsx';
import { ConfusionMatrix } from '#components/ui/confusion-matrix.tsx';
import { Figure, FigureRow } from '#components/ui/figure.tsx';
import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Columns, Section } from '#components/ui/screen.tsx';
import type { Interval } from '#server/domain/stats/interval.schema.ts';
import type { EvaluationView, RunDetail } from '#server/features/experiments/runs.schema.ts';
import { ClassTable } from './class-table.tsx';
import { SliceTable } from './slice-table.tsx';
import { worstSlice } from './slices.ts';

/** The figures on the part that was kept for testing, each with its interval: they come of running the very graph that is served. */
export function Evaluation({ run, evaluation: { summary } }: { run: RunDetail; evaluation: EvaluationView }) {
  const { calibration } = summary;
  const worst = worstSlice(summary.slices);
  return (
    <>
      <Section
        divided
        padded
        title="On the test part"
        caption={`${formatNumber(summary.rows)} rows, the run’s ONNX graph in ONNX Runtime; 95 % intervals`}
      >
        <FigureRow>
          <Figure label="F1, mean of the classes" value={estimate(summary.macroF1)} note={range(summary.macroF1)} />
          <Figure label="Accuracy" value={estimate(summary.accuracy)} note={range(summary.accuracy)} />
          <Figure label="Log loss" value={formatNumber(summary.logLoss, 3)} note="smaller is better" />
          <Figure
            label="Accuracy in the worst slice"
            value={worst ? formatNumber(worst.accuracy.estimate, 3) : '–'}
            note={worst ? `${worst.column} ${worst.value}, ${formatNumber(worst.rows)} rows` : 'no slice of 50 rows or more'}
          />
        </FigureRow>
      </Section>
      <Columns template="minmax(0, 3fr) minmax(0, 2fr)">
        <Section padded title="By class">
          <ClassTable classes={summary.perClass} />
        </Section>
        <Section padded title="Right and wrong" caption="rows">
          <ConfusionMatrix classes={summary.classes} counts={summary.confusion} label={`Answers of ${run.name}`} />
        </Section>
      </Columns>
      <Columns template="minmax(0, 3fr) minmax(0, 2fr)">
        <Section divided padded title="By slice" caption="of 20 rows or more">
          <SliceTable slices={summary.slices} classes={summary.perClass} />
        </Section>
        <Section divided padded>
          <CalibrationChart
            title="Calibration"
            caption={`expected error ${formatNumber(calibration.expectedError, 3)}`}
            file={`${run.name}-calibration`}
            what="right"
            series={[
              {
                key: run.id,
                name: run.name,
                color: 'var(--series-1)',
                points: calibration.bins.flatMap((bin) =>
                  bin.confidence === null || bin.accuracy === null
                    ? []
                    : [{ score: bin.confidence, share: bin.accuracy, n: bin.rows }],
                ),
              },
            ]}
          />
        </Section>
      </Columns>
    </>
  );
}

function estimate(interval: Interval | null): string {
  return formatNumber(interval?.estimate, 3);
}

function range(interval: Interval | null): string {
  return interval ? formatRange(interval.lower, interval.upper) : 'can’t be computed: a class has no row';
}
