'use client';
import { BarPairHistogram } from '#components/charts/draw/bar-pair.tsx';
import { CalibrationChart } from '#components/charts/draw/calibration.tsx';
import { ConfusionMatrix } from '#components/ui/confusion-matrix.tsx';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { type PerformanceData, performanceDataSchema, type SuiteCalibration } from '#server/domain/suite/sections.schema.ts';
import { ClassesTable } from './classes-table.tsx';
import s from './evaluations.module.css';
import { FiguresTable } from './figures-table.tsx';
import { SectionData } from './section-problems.tsx';
import { SlicesTable } from './slices-table.tsx';

/** How good the answers are: all figures with intervals, by class and by slice, confusion and calibration. */
export function PerformanceSection({ section }: { section: EvidenceSection }) {
  return (
    <Section padded divided title="Performance" caption={captionOf(section)}>
      <SectionData section={section} schema={performanceDataSchema}>
        {(data) => <Body data={data} />}
      </SectionData>
    </Section>
  );
}

function Body({ data }: { data: PerformanceData }) {
  const { confusion, residuals } = data;
  return (
    <>
      <div className={s.block}>
        <FiguresTable figures={data.figures} label="Figures of all rows" />
      </div>
      <div className={s.seen}>
        {data.overlaps.map(({ number, sentence, rows }) => (
          <p key={number} className={rows ? 'bad' : 'caption'}>
            {sentence}
          </p>
        ))}
      </div>
      {data.classes.length > 0 && (
        <div className={s.block}>
          <h3>By class</h3>
          <ClassesTable classes={data.classes} />
        </div>
      )}
      {(confusion || data.calibration.length > 0) && (
        <div className={`${s.block} ${s.pair}`}>
          {confusion && (
            <div>
              <h3>What was said of what</h3>
              <ConfusionMatrix
                classes={confusion.classes}
                counts={confusion.counts}
                label="Rows by what they were and what was said"
              />
            </div>
          )}
          <Calibration curves={data.calibration} />
        </div>
      )}
      {residuals && (
        <div className={`${s.block} ${s.pair}`}>
          <BarPairHistogram
            title="Residuals"
            caption="true value minus answer, share of rows"
            file="residuals"
            names={['none', 'rows']}
            bins={residuals.bins.map(({ from, n }) => ({ label: formatNumber(from, 2), reference: null, now: n / data.rows }))}
          />
          <Quantiles residuals={residuals} />
        </div>
      )}
      {data.task !== 'ranking' && (
        <div className={s.block}>
          <h3>By slice</h3>
          <SlicesTable slices={data.slices} minRows={1} />
        </div>
      )}
      {data.others.map(({ gold, figures }) => (
        <div key={gold.hash} className={s.block}>
          <h3>
            On {gold.dataset} v{gold.number}
            {gold.split ? `, ${gold.split}` : ''}: {formatNumber(gold.n)} rows
          </h3>
          <FiguresTable figures={figures} label={`Figures on ${gold.dataset} v${gold.number}`} />
        </div>
      ))}
    </>
  );
}

function Calibration({ curves }: { curves: readonly SuiteCalibration[] }) {
  const shown = curves.slice(0, 4);
  if (shown.length === 0) return null;
  return (
    <CalibrationChart
      title="Calibration"
      caption="share that was so, by the probability that was given; 95 % intervals (Wilson)"
      file="calibration"
      what="so"
      height={240}
      series={shown.map((curve, index) => ({
        key: curve.of === null ? 'answer' : `class ${curve.of}`,
        name: curve.of ?? 'the answer given',
        color: index === 0 ? 'var(--accent)' : `var(--series-${index + 1})`,
        points: curve.bins.map(({ score, share, n, lower, upper }) => ({ score, share, n, lower, upper })),
      }))}
    />
  );
}

function Quantiles({ residuals }: { residuals: NonNullable<PerformanceData['residuals']> }) {
  return (
    <table className={s.table} aria-label="Quantiles of the residuals">
      <thead>
        <tr>
          <th scope="col">Share of rows</th>
          <th scope="col">residual at most</th>
        </tr>
      </thead>
      <tbody>
        {residuals.quantiles.map(({ q, value }) => (
          <tr key={q}>
            <th scope="row">{q === 0 ? 'the least' : q === 1 ? 'the greatest' : formatPercent(q)}</th>
            <td>{formatNumber(value, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function captionOf(section: EvidenceSection): string {
  const data = performanceDataSchema.safeParse(section.data).data;
  if (!data) return '';
  const { gold } = data;
  const of = data.queries === null ? `${formatNumber(data.rows)} rows` : `${formatNumber(data.queries)} queries`;
  const locked = gold.lockedBy ? `, locked by ${gold.lockedBy}` : '';
  return `${of} of ${gold.dataset} v${gold.number}${gold.split ? `, ${gold.split}` : ''}${locked}; ${formatPercent(data.confidence)} intervals, ${formatNumber(data.draws)} draws`;
}
