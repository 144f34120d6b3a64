'use client';
import { Button, Switch } from '@mantine/core';
import { useProject } from '#components/shell/project-context.tsx';
import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { Link } from '#components/ui/link.tsx';
import { Toolbar } from '#components/ui/screen.tsx';
import type { RunComparison } from '#server/features/experiments/compare.schema.ts';
import s from '../experiments.module.css';
import { runPath } from '../paths.ts';
import { worstSlice } from '../run/slices.ts';
import { sayDuration } from '../run-duration.ts';
import { RunState } from '../run-state.tsx';
import { useAddress } from '../use-address.ts';
import { areFigures, paramKeys, paramName, paramValue } from '../words.ts';
import { type Compared, inRank, intervalDomain } from './compared.ts';
import { Letter } from './letter.tsx';
import { ValueCells } from './value-cells.tsx';

const MOST_PARAMS = 6;

/** One line a run: the pinned reference, then the others by F1 with what differs, deltas, and whiskers on a common axis. */
export function CompareTable({
  compared,
  params,
  onReference,
  onRemove,
}: {
  compared: readonly Compared[];
  params: RunComparison['params'];
  onReference: (name: string) => void;
  onRemove: (name: string) => void;
}) {
  const { get, set } = useAddress();
  const onlyDiffering = get('all') === '';
  const differing = new Set(params.filter((row) => row.differs).map((row) => row.key));
  const keys = paramKeys(compared.map((one) => one.run))
    .filter((key) => !onlyDiffering || differing.has(key))
    .slice(0, MOST_PARAMS);
  const domain = intervalDomain(compared);
  const reference = compared.find((one) => one.isReference);
  return (
    <>
      <Toolbar inset label="Which columns">
        <Switch
          size="xs"
          label="Only parameters that differ"
          checked={onlyDiffering}
          onChange={(event) => set({ all: event.currentTarget.checked ? '' : '1' })}
        />
        <span className="caption">The reference is grey; deltas are against it.</span>
      </Toolbar>
      <div className={s.wide}>
        <table className={`${s.table} ${s.compare}`} aria-label="Compared runs">
          <thead>
            <tr>
              <th scope="col">Run</th>
              {keys.map((key) => (
                <th key={key} scope="col" className={alignOf(key, compared)}>
                  {paramName(key)}
                </th>
              ))}
              <th scope="col">F1 ↓</th>
              <th scope="col" className={s.deltaHead}>
                Δ points
              </th>
              <th scope="col" className={s.left}>
                95 % interval
              </th>
              <th scope="col">accuracy</th>
              <th scope="col" className={s.deltaHead}>
                Δ points
              </th>
              <th scope="col">log loss</th>
              <th scope="col" className={s.deltaHead}>
                Δ
              </th>
              <th scope="col" className={s.to1280}>
                worst slice
              </th>
              <th scope="col" className={s.to1280}>
                took
              </th>
              <th scope="col">
                <span className="sr-only">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {inRank(compared).map((one) => (
              <CompareRow
                key={one.run.id}
                one={one}
                reference={reference}
                keys={keys}
                domain={domain}
                alone={compared.length === 1}
                onReference={onReference}
                onRemove={onRemove}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function alignOf(key: string, compared: readonly Compared[]) {
  return areFigures(compared.map((one) => one.run.params[key])) ? undefined : s.left;
}

function CompareRow({
  one,
  reference,
  keys,
  domain,
  alone,
  onReference,
  onRemove,
}: {
  one: Compared;
  reference: Compared | undefined;
  keys: readonly string[];
  domain: [number, number] | null;
  alone: boolean;
  onReference: (name: string) => void;
  onRemove: (name: string) => void;
}) {
  const project = useProject();
  const { run, summary } = one;
  const f1 = summary?.macroF1;
  const worst = summary ? worstSlice(summary.slices) : undefined;
  const against = one.isReference ? undefined : reference?.summary;
  return (
    <tr className={one.isReference ? s.pinned : undefined}>
      <th scope="row">
        <span className={s.trial}>
          <Letter one={one} />
          <Link className={s.name} href={runPath(project.name, run)}>
            {run.name}
          </Link>
          {one.isReference ? <span className="ink-3">reference</span> : run.status !== 'finished' && <RunState run={run} />}
        </span>
      </th>
      {keys.map((key) => {
        const differs = run.params[key] !== reference?.run.params[key];
        return (
          <td key={key} className={`${alignOf(key, [one]) ?? ''} ${one.isReference || differs ? 'strong' : 'ink-3'}`}>
            {paramValue(key, run.params[key])}
          </td>
        );
      })}
      <ValueCells metric="f1" value={f1?.estimate} against={against?.macroF1?.estimate} strong />
      <td className={s.whiskerWide}>
        {f1 && domain && (
          <Interval
            estimate={f1.estimate}
            lower={f1.lower}
            upper={f1.upper}
            domain={domain}
            zero={reference?.summary?.macroF1?.estimate}
            color={one.color}
            label={`${run.name}: F1 ${formatNumber(f1.estimate, 3)}, 95 % interval ${formatRange(f1.lower, f1.upper)}`}
          />
        )}
      </td>
      <ValueCells metric="accuracy" value={summary?.accuracy?.estimate} against={against?.accuracy?.estimate} />
      <ValueCells metric="loss" value={summary?.logLoss} against={against?.logLoss} />
      <td
        className={s.to1280}
        title={worst ? `${worst.column} ${worst.value}, ${worst.rows} rows` : 'No slice of 50 rows or more'}
      >
        {formatNumber(worst?.accuracy.estimate, 3)}
      </td>
      <td className={s.to1280}>{sayDuration(run)}</td>
      <td>
        <span className={s.rowActs}>
          {!one.isReference && (
            <Button
              size="xs"
              variant="subtle"
              aria-label={`Make ${run.name} the reference`}
              onClick={() => onReference(run.name)}
            >
              Reference
            </Button>
          )}
          {!alone && (
            <Button size="xs" variant="subtle" aria-label={`Remove ${run.name}`} onClick={() => onRemove(run.name)}>
              Remove
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}
