import { formatNumber } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import s from './evaluations.module.css';
import { SectionProblems } from './section-problems.tsx';

/** The bare figures of a section, by the paths that gates name. */
export function FactsSection({ section, title }: { section: EvidenceSection; title: string }) {
  return (
    <Section padded divided title={title} caption="figures as gates name them">
      <SectionProblems problems={section.problems} />
      {section.facts.length === 0 ? (
        <p className="ink-2">This section has no figures on these rows.</p>
      ) : (
        <table className={s.table} aria-label={`Figures of ${title.toLowerCase()}`}>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">value</th>
              <th scope="col">interval</th>
              <th scope="col">of</th>
            </tr>
          </thead>
          <tbody>
            {section.facts.map((fact) => (
              <tr key={fact.path}>
                <th scope="row" className="mono" title={fact.path}>
                  {fact.path}
                </th>
                <td className="strong">{formatNumber(fact.estimate, 3)}</td>
                <td className="ink-2">{fact.lower === null || fact.upper === null ? '–' : `${formatNumber(fact.lower, 3)} to ${formatNumber(fact.upper, 3)}`}</td>
                <td className="ink-2">{formatNumber(fact.n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
