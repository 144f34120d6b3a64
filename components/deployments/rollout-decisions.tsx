'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { DateTime } from '#components/ui/date-time.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import type { Decision, RolloutDetail } from '#server/features/deployments/rollouts.schema.ts';
import s from './deployments.module.css';

const WORDS: Record<string, string> = {
  start: 'Start',
  serve: 'Served',
  advance: 'Step up',
  complete: 'Complete',
  roll_back: 'Roll back',
  pause: 'Pause',
  resume: 'Resume',
  explain: 'Reason',
};
const CHECKS: Record<string, string> = { holds: 'Go on', wait: 'Wait', breaks: 'Worse' };
const SHOWN = 12;

/** What the controller and people decided, newest first. Of checks that say the same one after another the last is shown. */
export function RolloutDecisions({ rollout }: { rollout: RolloutDetail }) {
  const [all, setAll] = useState(false);
  const rows = (all ? rollout.decisions : withoutRepeats(rollout.decisions)).toReversed();
  const hidden = rollout.decisions.length - rows.length;
  return (
    <Section
      divided
      padded
      title="Decisions"
      caption="judged about every second while requests come in"
      actions={
        (hidden > 0 || all) && (
          <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Show what changed only' : `Show all ${rollout.decisions.length}`}
          </Button>
        )
      }
    >
      <div className={s.decisions}>
        <table>
          <thead className="sr-only">
            <tr>
              <th scope="col">When</th>
              <th scope="col">Share</th>
              <th scope="col">What</th>
              <th scope="col">Why</th>
              <th scope="col">Who</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? undefined : SHOWN).map((decision) => (
              <tr key={decision.id}>
                <td className="mono ink-2">
                  <DateTime at={decision.at} form="clock" seconds />
                </td>
                <td className="num">{shareOf(rollout, decision)}</td>
                <td className={toneOf(decision)}>{WORDS[decision.action] ?? CHECKS[decision.verdict] ?? decision.action}</td>
                <td className="ink-2">{decision.sentence}</td>
                <td className="ink-3">{decision.actorName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

/** Leaves out checks that are followed by another one with the same verdict in the same step. */
export function withoutRepeats(decisions: readonly Decision[]): Decision[] {
  return decisions.filter((decision, index) => {
    const next = decisions[index + 1];
    if (decision.action !== 'check' || next?.action !== 'check') return true;
    return next.verdict !== decision.verdict || next.stepIndex !== decision.stepIndex;
  });
}

function shareOf(rollout: RolloutDetail, decision: Decision): string {
  const share = (index: number) => formatPercent(rollout.steps[index]?.weight ?? 0, 0);
  if (decision.action === 'start') return `0 → ${share(0)}`;
  if (decision.action === 'advance') return `${share(decision.stepIndex)} → ${share(decision.stepIndex + 1)}`;
  if (decision.action === 'roll_back') return `${share(decision.stepIndex)} → 0`;
  return share(decision.stepIndex);
}

function toneOf(decision: Decision): string {
  if (decision.action === 'roll_back' || decision.verdict === 'breaks') return 'bad strong';
  return ['start', 'advance', 'complete'].includes(decision.action) ? 'strong' : '';
}
