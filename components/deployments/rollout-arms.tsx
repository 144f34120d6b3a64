'use client';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import { Swatch } from '#components/ui/chip.tsx';
import { formatDelta, formatNumber, formatPercent } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { Arm, Decision, RolloutCheck, RolloutDetail } from '#server/features/deployments/rollouts.schema.ts';
import { type ArmPoint, armSeries, type Measure, measureOf, sharedDomain } from './arm-series.ts';
import s from './deployments.module.css';

const MEASURES: { id: Measure; title: string }[] = [
  { id: 'error rate', title: 'Failed requests' },
  { id: 'latency', title: 'Latency p95' },
  { id: 'accuracy', title: 'Accuracy' },
];

/** Both arms side by side on the same scales, the difference with its allowed zone, and the verdict. */
export function RolloutArms({ rollout }: { rollout: RolloutDetail }) {
  const last = rollout.decisions.findLast((decision) => decision.candidate !== null);
  const baseline = rollout.now?.baseline ?? last?.baseline ?? null;
  const candidate = rollout.now?.candidate ?? last?.candidate ?? null;
  const checks = rollout.now?.checks ?? last?.checks ?? [];
  const [before, after] = [`v${rollout.baseline.number}`, `v${rollout.candidate.number}`];
  if (!baseline || !candidate) return null;
  const points = withPresent(rollout, { baseline, candidate, checks });
  return (
    <section className={s.arms} aria-label={`${before} and ${after} side by side`}>
      <div className={s.armsHead}>
        <span className="ink-3">in this step</span>
        <span>
          <Swatch color="var(--ref)" /> <strong>{before}</strong> <span className="ink-2">{baseline.requests} requests</span>
        </span>
        <span>
          <Swatch color="var(--accent)" /> <strong>{after}</strong> <span className="ink-2">{candidate.requests} requests</span>
        </span>
        <span className="ink-2">
          {after} − {before}, 95 % <Swatch color="var(--track)" /> allowed
        </span>
        <span className="ink-2">Check</span>
      </div>
      {MEASURES.map(({ id, title }) => {
        const check = checks.find((one) => one.name === id);
        const series = { baseline: armSeries(points, 'baseline', id), candidate: armSeries(points, 'candidate', id) };
        const domain = sharedDomain([series.baseline, series.candidate], id);
        const span = timeSpan([...series.baseline, ...series.candidate]);
        return (
          <div key={id} className={s.armsRow}>
            <div>
              <div className="strong">{title}</div>
              <div className="caption">{limitWords(id, check)}</div>
            </div>
            <ArmCell
              measure={id}
              title={`${title}, ${before}`}
              arm={baseline}
              points={series.baseline}
              domain={domain}
              span={span}
              color="var(--ref)"
            />
            <ArmCell
              measure={id}
              title={`${title}, ${after}`}
              arm={candidate}
              points={series.candidate}
              domain={domain}
              span={span}
              color="var(--accent)"
            />
            <Difference measure={id} check={check} />
            <CheckWord check={check} />
          </div>
        );
      })}
    </section>
  );
}

function ArmCell({
  measure,
  title,
  arm,
  points,
  domain,
  span,
  color,
}: {
  measure: Measure;
  title: string;
  arm: Arm;
  points: ArmPoint[];
  domain: [number, number];
  span: [number, number];
  color: string;
}) {
  const { y } = measureOf(arm, measure);
  const format = (value: number) =>
    measure === 'latency' ? formatNumber(value, value < 10 ? 1 : 0) : formatPercent(value, measure === 'accuracy' ? 0 : 1);
  return (
    <div className={s.arm}>
      <div className="num">
        <div className={s.armFigure} style={{ color: color === 'var(--accent)' ? 'var(--accent-ink)' : undefined }}>
          {figureWords(measure, y)}
        </div>
        <div className="caption">{countWords(measure, arm)}</div>
      </div>
      <LineChart
        bare
        title={title}
        file={title}
        height={88}
        x={{ kind: 'time', label: 'time', domain: span, ticks: 2 }}
        y={{ label: measure === 'latency' ? 'ms' : 'share', format, domain, ticks: 3 }}
        series={[{ key: title, name: title, color, points, dots: points.length < 3 }]}
      />
    </div>
  );
}

function Difference({ measure, check }: { measure: Measure; check: RolloutCheck | undefined }) {
  if (!check || check.estimate === null) return <span className="ink-3">nothing to compare yet</span>;
  const scale = measure === 'latency' ? 1 : 100;
  const ends = [check.lower, check.upper].map((end) => (end === null ? '?' : formatDelta(end * scale, 1)));
  const unit = measure === 'latency' ? 'ms' : 'points';
  const reach = Math.max(check.margin * 2, ...[check.lower, check.upper, check.estimate].map((end) => Math.abs(end ?? 0)));
  const allowed: [number, number] = measure === 'accuracy' ? [-check.margin, reach] : [-reach, check.margin];
  const words = `${formatDelta(check.estimate * scale, 1)} ${unit}, 95 % interval ${ends.join(' to ')}`;
  return (
    <div>
      <Interval
        estimate={check.estimate}
        lower={check.lower ?? -reach}
        upper={check.upper ?? reach}
        domain={[-reach, reach]}
        zero={0}
        allowed={allowed}
        tone={check.verdict === 'breaks' ? 'bad' : 'accent'}
        label={words}
      />
      <div className="caption num">
        <strong>{formatDelta(check.estimate * scale, 1)}</strong> {ends.join(' to ')} {unit}
      </div>
    </div>
  );
}

function CheckWord({ check }: { check: RolloutCheck | undefined }) {
  if (!check) return <span className="ink-3">–</span>;
  return (
    <div title={check.test}>
      {check.verdict === 'holds' && <StatePill state="passed">Holds</StatePill>}
      {check.verdict === 'breaks' && <StatePill state="failed">Worse</StatePill>}
      {check.verdict === 'wait' && <StatePill state="waiting">Can’t tell yet</StatePill>}
      <div className="caption num">
        {check.n} of {check.needed} needed
      </div>
    </div>
  );
}

/** The decisions, and this moment's figures as their last point. */
function withPresent(rollout: RolloutDetail, now: { baseline: Arm; candidate: Arm; checks: RolloutCheck[] }): Decision[] {
  if (!rollout.now?.served) return rollout.decisions;
  const last = rollout.decisions.at(-1);
  const present: Decision = {
    id: 'now',
    at: new Date(Math.max(Date.now(), (last?.at.getTime() ?? 0) + 1)),
    stepIndex: rollout.stepIndex,
    action: 'now',
    verdict: 'wait',
    sentence: '',
    actorName: '',
    ...now,
  };
  return [...rollout.decisions, present];
}

function timeSpan(points: ArmPoint[]): [number, number] {
  const times = points.map((point) => point.x.getTime());
  if (times.length === 0) return [0, 1];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return [first, Math.max(last, first + 1000)];
}

function limitWords(measure: Measure, check: RolloutCheck | undefined): string {
  if (!check) return '';
  if (measure === 'latency') return `at most ${formatNumber(check.margin, check.margin % 1 === 0 ? 0 : 1)} ms more`;
  const points = formatNumber(check.margin * 100, (check.margin * 100) % 1 === 0 ? 0 : 1);
  return measure === 'accuracy' ? `of outcomes; at most ${points} points less` : `at most ${points} points more`;
}

function figureWords(measure: Measure, value: number | null): string {
  if (value === null) return '–';
  if (measure === 'latency') return `${formatNumber(value, 1)} ms`;
  return measure === 'accuracy' ? formatNumber(value, 3) : formatPercent(value, 1);
}

function countWords(measure: Measure, arm: Arm): string {
  if (measure === 'accuracy') return `${arm.outcomes} known`;
  if (measure === 'latency') return arm.p50 === null ? '' : `p50 ${formatNumber(arm.p50, 1)} ms`;
  return `${arm.errors} of ${arm.requests}`;
}
