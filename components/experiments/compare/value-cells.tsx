import { Delta } from '#components/ui/figure.tsx';
import s from '../experiments.module.css';
import { metricBetter, metricDelta, metricValue } from '../words.ts';

/** A figure and its difference to the reference's, each in its own slot. `metric` decides unit and direction. */
export function ValueCells({
  metric,
  value,
  against,
  strong = false,
}: {
  metric: string;
  value: number | null | undefined;
  against: number | null | undefined;
  strong?: boolean;
}) {
  const difference = value == null || against == null ? null : value - against;
  const text = metricDelta(metric, difference);
  const isNothing = !/[1-9]/.test(text);
  return (
    <>
      <td className={strong ? 'strong' : value == null ? 'ink-3' : undefined}>{metricValue(metric, value)}</td>
      <td className={s.delta}>
        <Delta value={difference} text={text} better={isNothing ? null : metricBetter(metric)} />
      </td>
    </>
  );
}
