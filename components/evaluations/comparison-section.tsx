'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatNumber } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { isShare } from '#server/domain/metrics/paths.ts';
import { type ComparedFigure, type ComparisonData, comparisonDataSchema } from '#server/domain/suite/sections.schema.ts';
import s from './evaluations.module.css';
import { figureText } from './figure-words.ts';
import { SectionData } from './section-problems.tsx';

/** The candidate against the version that serves, on the same rows: what is better, what is worse, what can't be told apart. */
export function ComparisonSection({ section }: { section: EvidenceSection }) {
  return (
    <Section padded divided title={titleOf(section)} caption={captionOf(section)}>
      <SectionData section={section} schema={comparisonDataSchema}>
        {(data) => <Body data={data} />}
      </SectionData>
    </Section>
  );
}

function Body({ data }: { data: ComparisonData }) {
  const [all, setAll] = useState(false);
  const tested = data.metrics.filter((figure) => figure.tested);
  const others = data.metrics.length - tested.length;
  const { mcnemar } = data;
  return (
    <>
      <Sentence explanation={mcnemar ? mcnemarWords(data, mcnemar) : undefined}>{data.sentence}</Sentence>
      {data.metrics.length > 0 && (
        <div className={s.after}>
          <Differences data={data} figures={all ? data.metrics : tested} />
        </div>
      )}
      {others > 0 && (
        <Button size="xs" variant="subtle" mt={8} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Only what was tested' : `${others} more figures, not tested`}
        </Button>
      )}
    </>
  );
}

function Differences({ data, figures }: { data: ComparisonData; figures: readonly ComparedFigure[] }) {
  // One axis for shares, one for each other figure: a loss and an F1 have no unit in common.
  const shares = figures.flatMap(({ path, difference }) =>
    difference && isShare(path) ? [Math.abs(difference.lower), Math.abs(difference.upper)] : [],
  );
  const reach = Math.max(0.01, ...shares);
  return (
    <table className={s.table} aria-label="Differences">
      <colgroup>
        <col style={{ width: '19%' }} />
        <col style={{ width: 64 }} />
        <col style={{ width: 64 }} />
        <col style={{ width: '16%' }} />
        <col style={{ width: 64 }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">v{data.incumbent}</th>
          <th scope="col">v{data.candidate}</th>
          <th scope="col">difference</th>
          <th scope="col" title="p-value after Holm’s correction over the figures that were tested">
            p, Holm
          </th>
          <th scope="col" className={s.words}>
            what that means
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <Row key={figure.path} figure={figure} reach={reach} />
        ))}
      </tbody>
    </table>
  );
}

const TONES = { better: 'good', worse: 'bad', unclear: 'quiet' } as const;

function Row({ figure, reach }: { figure: ComparedFigure; reach: number }) {
  const { path, name, difference, adjusted, verdict } = figure;
  const own = difference ? Math.max(Math.abs(difference.lower), Math.abs(difference.upper), 1e-9) : 1;
  const edge = isShare(path) ? reach : own;
  return (
    <tr>
      <th scope="row" title={path}>
        {name}
      </th>
      <td className="ink-2">{figureText(path, figure.incumbent)}</td>
      <td className="strong">{figureText(path, figure.candidate)}</td>
      <td>
        {difference && (
          <Interval
            estimate={difference.estimate}
            lower={difference.lower}
            upper={difference.upper}
            domain={[-edge, edge]}
            zero={0}
            tone={TONES[verdict]}
            label={figure.sentence}
          />
        )}
      </td>
      <td className="ink-2">{adjusted === null ? '–' : adjusted < 0.001 ? '< 0.001' : formatNumber(adjusted, 3)}</td>
      <td className={s.words}>{figure.sentence.replace(`${name}: `, '')}</td>
    </tr>
  );
}

function mcnemarWords(data: ComparisonData, mcnemar: NonNullable<ComparisonData['mcnemar']>): string {
  const { onlyCandidate, onlyIncumbent, p, midP } = mcnemar;
  return `Only v${data.candidate} is right on ${formatNumber(onlyCandidate)} rows, only v${data.incumbent} on ${formatNumber(onlyIncumbent)} (McNemar: exact p ${tiny(p)}, mid-p ${tiny(midP)}).`;
}

const tiny = (p: number) => (p < 0.001 ? 'below 0.001' : formatNumber(p, 3));

function titleOf(section: EvidenceSection): string {
  const incumbent = comparisonDataSchema.safeParse(section.data).data?.incumbent ?? null;
  return incumbent === null ? 'Against another version' : `Against v${incumbent}`;
}

function captionOf(section: EvidenceSection): string {
  const data = comparisonDataSchema.safeParse(section.data).data;
  if (!data || data.incumbent === null) return '';
  return `v${data.candidate} minus v${data.incumbent}, paired bootstrap, ${formatNumber(data.rows)} rows`;
}
