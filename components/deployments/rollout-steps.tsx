'use client';
import { useNow } from '#components/ui/date-time.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { RolloutDetail } from '#server/features/deployments/rollouts.schema.ts';
import s from './deployments.module.css';

/** The steps of a rollout: what is done, what the present one waits for, what follows. */
export function RolloutSteps({ rollout }: { rollout: RolloutDetail }) {
  const live = rollout.status === 'running' || rollout.status === 'paused';
  const now = useNow(live ? 1000 : 0);
  return (
    <ol className={s.steps} aria-label="Steps">
      {rollout.steps.map((step, index) => {
        const done = index < rollout.stepIndex || rollout.status === 'completed';
        const current = !done && index === rollout.stepIndex;
        const waits = current && live ? waitsFor(rollout, now) : null;
        const share = done ? 1 : (waits?.share ?? 0);
        return (
          <li key={index} style={{ flexGrow: current ? 2 : 1 }} aria-current={current && live ? 'step' : undefined}>
            <div className={s.stepHead}>
              <span className={current ? 'strong' : done ? undefined : 'ink-3'}>{formatPercent(step.weight, 0)}</span>
              {done && <span className="ink-2">done</span>}
              {current && live && <StatePill state={rollout.status === 'paused' ? 'paused' : 'live'}>now</StatePill>}
              {current && rollout.status === 'rolled_back' && <StatePill state="failed">rolled back here</StatePill>}
              {waits && <span className="ink-2 truncate num">{waits.words}</span>}
              {!done && !current && (
                <span className="ink-3">
                  {index === rollout.steps.length - 1 ? `then v${rollout.candidate.number} is production` : 'then'}
                </span>
              )}
            </div>
            <Bar
              share={share}
              label={`Step ${index + 1}, ${formatPercent(step.weight, 0)}`}
              tone={rollout.status === 'rolled_back' && current ? 'bad' : 'accent'}
            />
          </li>
        );
      })}
    </ol>
  );
}

function waitsFor(rollout: RolloutDetail, now: Date): { words: string; share: number } {
  const step = rollout.steps[rollout.stepIndex];
  if (!step || !rollout.now) return { words: '', share: 0 };
  if (!rollout.now.served) return { words: `the gateways are loading v${rollout.candidate.number}`, share: 0 };
  const { candidate, checks } = rollout.now;
  // Where earlier steps count too, a check asks for their figures on top of the step's own minimum.
  const earlier = (name: string, minimum: number) =>
    Math.max(0, (checks.find((check) => check.name === name)?.needed ?? minimum) - minimum);
  const requests = Math.max(0, candidate.requests - earlier('error rate', step.minRequests));
  const outcomes = Math.max(0, candidate.outcomes - earlier('accuracy', step.minOutcomes));
  const held = Math.max(0, (now.getTime() - rollout.stepStartedAt.getTime()) / 1000);
  const parts = [
    {
      have: requests,
      need: step.minRequests,
      words: `${requests} of ${step.minRequests} requests of v${rollout.candidate.number} are in`,
    },
    {
      have: outcomes,
      need: step.minOutcomes,
      words: `${outcomes} of ${step.minOutcomes} outcomes of v${rollout.candidate.number} are in`,
    },
    { have: held, need: step.holdSeconds, words: `held for ${Math.max(0, Math.ceil(step.holdSeconds - held))} s more` },
  ].filter(({ need }) => need > 0);
  const shares = parts.map(({ have, need }) => Math.min(1, have / need));
  const share = Math.min(1, ...shares);
  const least = parts[shares.indexOf(share)];
  return { share, words: share < 1 && least ? least.words : 'everything is in, it is being judged' };
}
