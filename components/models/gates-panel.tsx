import { Chip } from '#components/ui/chip.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import { Shape } from '#components/ui/shape.tsx';
import type { Evidence, Gate } from '#server/features/models/evidence.schema.ts';
import s from './promotion.module.css';

/** The conditions for moving up, each with its figure, its interval and what it rests on. */
export function GatesPanel({ evidence, accepted = {} }: { evidence: Evidence; accepted?: Readonly<Record<string, string>> }) {
  const passed = evidence.gates.filter((gate) => gate.passed).length;
  const blocking = evidence.gates.filter((gate) => !gate.passed && gate.blocking).length;
  const advisory = evidence.gates.length - passed - blocking;
  return (
    <Section
      padded
      title="Gates"
      actions={
        <span>
          <span className="good">{passed} passed</span>
          {blocking > 0 && (
            <>
              {' · '}
              <span className="bad">{blocking} not passed, approval is blocked</span>
            </>
          )}
          {advisory > 0 && (
            <>
              {' · '}
              <span className="bad">{advisory} failed, advisory</span>
            </>
          )}
        </span>
      }
    >
      <ul className={s.gates}>
        {evidence.gates.map((gate) => (
          <li key={gate.id} className={s.gate}>
            <span className={`${s.mark} ${gate.passed ? 'good' : 'bad'}`}>
              <Shape name={gate.passed ? 'check' : 'cross'} />
              <span className="sr-only">{gate.passed ? 'Passed:' : 'Not passed:'}</span>
            </span>
            <span>
              {gate.title} {!gate.blocking && <Chip>advisory</Chip>}
            </span>
            <span className={`${s.figure} num`}>
              <strong>{figureOf(gate)}</strong>
              {gate.lower !== null && gate.upper !== null && (
                <span className="ink-3">
                  {' '}
                  {formatNumber(gate.lower, 3)} to {formatNumber(gate.upper, 3)}
                </span>
              )}
            </span>
            <p className="caption">{gate.sentence}</p>
            {accepted[gate.id] && <p className="caption ink-2">Passed with a reason: {accepted[gate.id]}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function figureOf(gate: Gate): string {
  if (gate.id === 'unseen') return gate.figure === 0 ? 'none seen' : `${formatNumber(gate.figure ?? 0)} seen`;
  return formatNumber(gate.figure, 3);
}
