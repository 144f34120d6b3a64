'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { type ExplanationData, explanationDataSchema } from '#server/features/explanations/explanations.schema.ts';
import s from './explanations.module.css';
import { ImportanceTable } from './importance-table.tsx';
import { METHODS, SPACES } from './words.ts';

const FIRST = 12;

/** What a version goes by, as a section of its evidence. */
export function ExplanationSection({ section }: { section: EvidenceSection }) {
  const parsed = explanationDataSchema.safeParse(section.data);
  return (
    <Section
      padded
      divided
      title="What it goes by"
      caption={
        parsed.success
          ? `${SPACES[parsed.data.space]}${parsed.data.class === null ? '' : ` of ${parsed.data.class}`}, on ${formatNumber(parsed.data.rows)} gold rows`
          : ''
      }
    >
      {section.problems.map((problem) => (
        <p key={problem} className="warn">
          {problem}
        </p>
      ))}
      {parsed.success ? (
        <Body data={parsed.data} />
      ) : (
        section.problems.length === 0 && <p className="ink-3">This part was written in a form that can’t be shown.</p>
      )}
    </Section>
  );
}

function Body({ data }: { data: ExplanationData }) {
  const [all, setAll] = useState(false);
  const [first] = data.shuffled.filter((one) => one.loss).sort((a, b) => (b.loss?.estimate ?? 0) - (a.loss?.estimate ?? 0));
  const parts = all ? data.parts : data.parts.slice(0, FIRST);
  return (
    <div className={s.stack}>
      {first?.loss && (
        <p>
          {data.score === 'accuracy'
            ? `Without ${first.field} it would be right ${formatNumber(first.loss.estimate * 100, 1)} points less often: that is what it goes by most.`
            : `Without ${first.field} it would be off by ${formatNumber(first.loss.estimate, 2)} more: that is what it goes by most.`}
        </p>
      )}
      <div className={s.halves}>
        <div className={s.stack}>
          <ImportanceTable title="Field" items={data.fields} space={data.space} of={data.class} />
          <ShuffledTable data={data} />
        </div>
        {parts.length > 0 && (
          <div className={s.stack}>
            <ImportanceTable title="Term or value" items={parts} space={data.space} of={data.class} />
            {data.parts.length > FIRST && (
              <Button size="xs" variant="subtle" onClick={() => setAll(!all)}>
                {all ? 'Show fewer' : `Show all ${data.parts.length}`}
              </Button>
            )}
          </div>
        )}
      </div>
      <p className="caption">
        Mean size of SHAP values, {METHODS[data.method]}, against {data.background.rows} {data.background.of}.
      </p>
    </div>
  );
}

function ShuffledTable({ data }: { data: ExplanationData }) {
  const known = data.shuffled
    .flatMap(({ field, loss }) => (loss ? [{ field, loss }] : []))
    .sort((a, b) => b.loss.estimate - a.loss.estimate);
  if (known.length === 0) return null;
  const domain = [
    Math.min(0, ...known.map((one) => one.loss.lower)),
    Math.max(0, ...known.map((one) => one.loss.upper)),
  ] as const;
  return (
    <table className={s.table}>
      <colgroup>
        <col style={{ width: '38%' }} />
        <col />
        <col style={{ width: 96 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">When shuffled</th>
          <th scope="col">
            <span className="sr-only">95 % interval</span>
          </th>
          <th scope="col">{data.score === 'accuracy' ? 'accuracy lost' : 'error added'}</th>
        </tr>
      </thead>
      <tbody>
        {known.map(({ field, loss }) => (
          <tr key={field}>
            <th scope="row" title={field}>
              {field}
            </th>
            <td>
              <Interval
                estimate={loss.estimate}
                lower={loss.lower}
                upper={loss.upper}
                domain={domain}
                zero={0}
                tone={loss.lower > 0 ? 'accent' : 'quiet'}
                label={`${field}: ${formatNumber(loss.estimate, 3)}, 95 % interval ${formatRange(loss.lower, loss.upper)}`}
                height={16}
              />
            </td>
            <td>{formatNumber(loss.estimate, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
