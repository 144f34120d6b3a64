import { StatePill } from '#components/ui/state-pill.tsx';
import type { RolloutStatus } from '#server/features/deployments/deployments.schema.ts';

/** The state of a rollout in a word. */
export function RolloutState({ status }: { status: RolloutStatus }) {
  switch (status) {
    case 'running':
      return <StatePill state="live">canary</StatePill>;
    case 'paused':
      return <StatePill state="paused">paused</StatePill>;
    case 'completed':
      return <StatePill state="done">completed</StatePill>;
    case 'rolled_back':
      return <StatePill state="failed">rolled back</StatePill>;
  }
}
