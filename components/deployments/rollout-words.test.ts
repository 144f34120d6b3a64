import { describe, expect, it } from 'vitest';
import { usualStages } from '#server/domain/stages.fixture.ts';
import type { RolloutDetail } from '#server/features/deployments/rollouts.schema.ts';
import { rolloutExplanation, rolloutSentence } from './rollout-words.ts';

const stages = usualStages();
const nothing = { requests: 0, errors: 0, outcomes: 0, correct: 0, latency: null, p50: null };
const check = (verdict: 'holds' | 'breaks' | 'wait') => ({
  name: 'accuracy' as const,
  test: 't',
  estimate: 0,
  lower: 0,
  upper: 0,
  margin: 0.05,
  n: 1,
  needed: 1,
  verdict,
  certain: false,
});
const present = {
  baseline: nothing,
  candidate: { ...nothing, requests: 30 },
  checks: [check('holds')],
  sentence: 'Waits.',
  served: true,
};
const rollout = (o: Partial<RolloutDetail>) => ({
  status: 'running' as const,
  candidate: { id: 'b', number: 2, stage: 'staging' },
  baseline: { id: 'a', number: 1, stage: 'production' },
  weight: 0.5,
  endReason: null,
  now: present,
  ...o,
});

describe('the sentence of a rollout', () => {
  it('says how much goes where and whether anything is worse', () => {
    expect(rolloutSentence(rollout({}), stages)).toBe('Half of the requests go to v2, and nothing is worse so far.');
    expect(rolloutSentence(rollout({ weight: 0.1, now: { ...present, checks: [check('wait')] } }), stages)).toBe(
      '10 % of the requests go to v2, and there is too little to judge by yet.',
    );
    expect(rolloutSentence(rollout({ weight: 1, now: { ...present, checks: [check('breaks')] } }), stages)).toBe(
      'All requests go to v2, and its accuracy is worse.',
    );
    expect(rolloutSentence(rollout({ status: 'rolled_back' }), stages)).toBe(
      'v2 was rolled back. v1 went on to answer all requests.',
    );
    expect(rolloutSentence(rollout({ status: 'completed' }), stages)).toBe('v2 took over all requests from v1.');
    const candidate = { id: 'b', number: 2, stage: 'production' };
    expect(rolloutSentence(rollout({ status: 'completed', candidate }), stages)).toBe(
      'v2 answers all requests and is in Production.',
    );
    expect(rolloutSentence(rollout({ status: 'paused' }), stages)).toContain('Paused: half of the requests go to v2');
  });

  it('explains failures by how many of how many', () => {
    expect(rolloutExplanation(rollout({}))).toBe('No request failed in this step. Waits.');
    const now = { ...present, candidate: { ...nothing, requests: 30, errors: 2 } };
    expect(rolloutExplanation(rollout({ now }))).toBe('2 of 30 requests failed in this step. Waits.');
  });
});
