'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Chip } from '#components/ui/chip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { Interval, IntervalAxis } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import { type BehaviourData, behaviourDataSchema } from '#server/domain/behaviour/section.schema.ts';
import s from './behaviour.module.css';
import { KIND_WORDS } from './words.ts';

const SHOWN = 8;
const DOMAIN = [0, 1] as const;

/** What a suite run found of the behavioural tests: pass rates by test, and the rows that fail, in the words that were asked. */
export function BehaviourSection({ data }: { data: unknown }) {
  const parsed = behaviourDataSchema.safeParse(data);
  if (!parsed.success) return <p className="ink-2">These results were kept in a form that this version can’t read.</p>;
  const found = parsed.data;
  if (found.rows.length === 0) {
    return <EmptyState compact title="No behavioural tests ran." explanation="The model had none when this was measured." />;
  }
  return (
    <>
      <Groups data={found} />
      <Failures data={found} />
    </>
  );
}

function Groups({ data }: { data: BehaviourData }) {
  const kinds = Object.entries(Object.groupBy(data.groups, (group) => group.kind));
  return (
    <Section padded title="Behaviour" caption={captionOf(data)}>
      <table className={s.table}>
        <colgroup>
          <col />
          <col style={{ width: 76 }} />
          <col style={{ width: '28%' }} />
          <col style={{ width: 64 }} />
          {data.incumbent !== null && <col style={{ width: 84 }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">passed</th>
            <th scope="col">
              <span className="sr-only">95 % interval</span>
            </th>
            <th scope="col">rate</th>
            {data.incumbent !== null && <th scope="col">v{data.incumbent} failed</th>}
          </tr>
        </thead>
        <tbody>
          {kinds.flatMap(([kind, groups = []]) => [
            <tr key={kind} className={s.group}>
              <th scope="colgroup" colSpan={data.incumbent === null ? 4 : 5}>
                {KIND_WORDS[kind as keyof typeof KIND_WORDS].name}
              </th>
            </tr>,
            ...groups.map((group) => (
              <tr key={`${kind} ${group.name}`}>
                <th scope="row" title={group.name} className={s.left}>
                  {group.name} {group.severity === 'blocking' && <Chip tone="outline">blocks</Chip>}
                </th>
                <td className={group.failed > 0 ? 'bad' : undefined}>
                  {group.n - group.failed} of {group.n}
                </td>
                <td>
                  {group.rate && (
                    <Interval
                      estimate={group.rate.estimate}
                      lower={group.rate.lower}
                      upper={group.rate.upper}
                      domain={DOMAIN}
                      tone={group.failed === 0 ? 'accent' : 'bad'}
                      height={16}
                      label={`${group.name}: ${formatPercent(group.rate.estimate)}, 95 % interval ${formatPercent(group.rate.lower)} to ${formatPercent(group.rate.upper)}`}
                    />
                  )}
                </td>
                <td className="strong">{formatPercent(group.rate?.estimate)}</td>
                {data.incumbent !== null && <td className="ink-2">{group.incumbentFailed ?? '–'}</td>}
              </tr>
            )),
          ])}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <td />
            <td>
              <IntervalAxis domain={DOMAIN} ticks={[0, 0.5, 1]} format={(value) => formatPercent(value)} />
            </td>
            <td />
            {data.incumbent !== null && <td />}
          </tr>
        </tfoot>
      </table>
    </Section>
  );
}

function Failures({ data }: { data: BehaviourData }) {
  const [all, setAll] = useState(false);
  const failed = data.rows.filter((row) => row.result.status !== 'passed');
  if (failed.length === 0) return null;
  const rows = all ? failed : failed.slice(0, SHOWN);
  return (
    <Section
      padded
      title="Rows that didn’t pass"
      caption={`${failed.length} of ${data.rows.length}`}
      actions={
        failed.length > SHOWN && (
          <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Show fewer' : `Open all ${failed.length}`}
          </Button>
        )
      }
    >
      <table className={s.table}>
        <colgroup>
          <col style={{ width: '22%' }} />
          <col />
          <col style={{ width: '36%' }} />
          {data.incumbent !== null && <col style={{ width: 64 }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col" className={s.left}>
              Input
            </th>
            <th scope="col" className={s.left}>
              What came
            </th>
            {data.incumbent !== null && <th scope="col">v{data.incumbent}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const words = Object.values(row.input)
              .filter((cell) => cell !== null && cell !== '')
              .join(' · ');
            return (
              <tr key={row.id}>
                <td className={s.left}>
                  {row.name || row.capability || KIND_WORDS[row.kind].short}{' '}
                  {row.severity === 'blocking' && <Chip tone="bad">blocks</Chip>}
                </td>
                <td className={s.left} title={words.slice(0, 1000)}>
                  {words.slice(0, 160)}
                </td>
                <td className={s.left} title={row.result.sentence}>
                  {row.result.sentence}
                </td>
                {data.incumbent !== null && (
                  <td className={row.incumbent === 'passed' ? 'good' : 'ink-2'}>
                    {row.incumbent === 'passed' ? 'passed' : 'failed'}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

function captionOf(data: BehaviourData): string {
  const rate = data.overall
    ? `${formatPercent(data.overall.estimate)} of ${data.overall.n} rows pass, 95 % interval ${formatPercent(data.overall.lower)} to ${formatPercent(data.overall.upper)}`
    : 'no rows beside regression cases';
  const cases = data.regressions.n > 0 ? `; ${data.regressions.failed} of ${data.regressions.n} regression cases fail` : '';
  return `${rate}${cases}`;
}
