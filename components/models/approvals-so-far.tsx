import { DateTime } from '#components/ui/date-time.tsx';
import { Shape } from '#components/ui/shape.tsx';
import type { DecisionView, RequestDetail } from '#server/features/models/promotions.schema.ts';
import s from './promotion.module.css';

const WORDS = { approve: 'approved', refuse: 'refused', changes: 'asked for changes' } as const;
const SHAPES = { approve: 'check', refuse: 'cross', changes: 'pause' } as const;

/** Who has said what, how many approvals count, and who may still decide. */
export function ApprovalsSoFar({ request }: { request: RequestDetail }) {
  const { approvals, decisions, rule, emergency } = request;
  const open = request.status === 'pending' || request.status === 'changes';
  if (decisions.length === 0 && !open) return null;
  return (
    <section>
      <h2>Approvals</h2>
      {open && (
        <p>
          <strong className="num">
            {approvals.given} of {approvals.needed}
          </strong>{' '}
          {emergency === null ? 'given.' : 'given (emergency).'}
          {approvals.open.length > 0 ? ` ${list(approvals.open.map((person) => person.name))} may still decide.` : ''}
        </p>
      )}
      {open && !approvals.reachable && (
        <p className="bad">
          Nobody is left who could make it {approvals.needed}: an admin of the project can add somebody, or change the rule.
        </p>
      )}
      {decisions.length > 0 && (
        <ul className={s.votes}>
          {decisions.map((decision) => (
            <Vote key={decision.id} decision={decision} round={request.round} />
          ))}
        </ul>
      )}
      {open && (
        <p className="caption">
          Never who asked{rule.separation.trainer ? ', nor who made the version' : ''}. Checked again when it is decided.
        </p>
      )}
    </section>
  );
}

function Vote({ decision, round }: { decision: DecisionView; round: number }) {
  const counts = decision.dropped === null;
  const tone = !counts ? 'ink-3' : decision.verdict === 'approve' ? 'good' : decision.verdict === 'refuse' ? 'bad' : 'warn';
  return (
    <li className={s.vote}>
      <span className={tone}>
        <Shape name={SHAPES[decision.verdict]} />
      </span>
      <div className={counts ? undefined : 'ink-3'}>
        <div>
          <strong>{decision.personName}</strong> {decision.forName ? `for ${decision.forName} ` : ''}
          {WORDS[decision.verdict]}
          {decision.round < round ? ' (earlier evidence)' : ''}{' '}
          <span className="caption">
            <DateTime at={decision.at} />
          </span>
        </div>
        <div className={s.said}>{decision.reason}</div>
        {Object.entries(decision.accepted).map(([gate, why]) => (
          <div key={gate} className="caption">
            Gate {gate}: {why}
          </div>
        ))}
        {decision.dropped && (
          <div className="caption">
            Doesn’t count: {decision.personName} {decision.dropped}.
          </div>
        )}
      </div>
    </li>
  );
}

function list(names: string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
