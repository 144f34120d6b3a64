'use client';
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { Section } from '#components/ui/screen.tsx';
import type { RunComparison } from '#server/features/experiments/compare.schema.ts';
import s from '../experiments.module.css';
import { metricName, metricValue, paramName, paramValue } from '../words.ts';
import type { Compared } from './compared.ts';
import { Letter } from './letter.tsx';

/** Every parameter and every last metric of each run; what differs is marked, what is the same can be left out. */
export function AllValues({
  compared,
  params,
  metrics,
}: {
  compared: readonly Compared[];
  params: RunComparison['params'];
  metrics: RunComparison['metrics'];
}) {
  const [same, setSame] = useState(false);
  const shown = <T extends { differs: boolean }>(rows: readonly T[]) => rows.filter((row) => same || row.differs);
  const reference = compared.findIndex((one) => one.isReference);
  const parts = [
    ...group('Parameters', shown(params), paramName, paramValue),
    ...group('Last values of the metrics', shown(metrics), metricName, metricValue),
  ];
  return (
    <Section
      divided
      padded
      title="All parameters and metrics"
      caption="what differs from the reference is darker"
      actions={
        <Switch
          size="xs"
          label="What is the same, too"
          checked={same}
          onChange={(event) => setSame(event.currentTarget.checked)}
        />
      }
    >
      {parts.length === 0 ? (
        <p className="ink-2">Nothing differs between these runs.</p>
      ) : (
        <div className={s.wide}>
          <table className={s.table} aria-label="All parameters and metrics">
            <thead>
              <tr>
                <th scope="col">Name</th>
                {compared.map((one) => (
                  <th key={one.run.id} scope="col">
                    <Letter one={one} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {parts.map((row) =>
                row.values ? (
                  <tr key={row.key}>
                    <th scope="row">{row.name}</th>
                    {row.values.map((value, i) => (
                      <td
                        key={compared[i]?.run.id ?? i}
                        className={i !== reference && value !== row.values?.[reference] ? 'strong' : 'ink-3'}
                      >
                        {value}
                      </td>
                    ))}
                  </tr>
                ) : (
                  <tr key={row.key} className={s.group}>
                    <th scope="rowgroup" colSpan={compared.length + 1}>
                      {row.name}
                    </th>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

type Line = { key: string; name: string; values: string[] | null };

function group<T>(
  title: string,
  rows: readonly { key: string; values: readonly T[] }[],
  nameOf: (key: string) => string,
  say: (key: string, value: T) => string,
): Line[] {
  if (rows.length === 0) return [];
  return [
    { key: ` ${title}`, name: title, values: null },
    ...rows.map((row) => ({ key: row.key, name: nameOf(row.key), values: row.values.map((value) => say(row.key, value)) })),
  ];
}
