'use client';
import { formatNumber } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import type { EvidenceSection, SectionName } from '#server/domain/evidence/section.schema.ts';
import s from './promotion.module.css';

const TITLES: Record<SectionName, string> = {
  performance: 'Performance',
  comparison: 'Comparison',
  operation: 'Speed and size',
  behaviour: 'Behaviour',
  robustness: 'Robustness',
  fairness: 'Fairness',
  explanation: 'Explanation',
};
const SHOWN = 24;

/** One section of the suite: as its slice shows it, or else its figures as they were frozen. */
export function SectionOf({ section }: { section: EvidenceSection }) {
  return (
    <Section padded divided title={TITLES[section.section]}>
      <Problems problems={section.problems} />
      <FactsTable section={section} />
    </Section>
  );
}

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={`warn ${s.problems}`}>
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}

function FactsTable({ section }: { section: EvidenceSection }) {
  const shown = section.facts.slice(0, SHOWN);
  return (
    <table className={s.facts}>
      <thead>
        <tr>
          <th scope="col">figure</th>
          <th scope="col">value</th>
          <th scope="col">95 % interval</th>
          <th scope="col">of</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((fact) => (
          <tr key={fact.path}>
            <th scope="row">{fact.path}</th>
            <td>{formatNumber(fact.estimate, 3)}</td>
            <td className="ink-3">
              {fact.lower !== null && fact.upper !== null
                ? `${formatNumber(fact.lower, 3)} to ${formatNumber(fact.upper, 3)}`
                : '–'}
            </td>
            <td className="ink-3">{fact.n === null ? '–' : formatNumber(fact.n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
