import { describe, expect, it } from 'vitest';
import { journeySteps, nextStep } from './journey.ts';

const none = { datasets: 0, labelingProjects: 0, runs: 0, models: 0, deployments: 0 };
const all = () => true;
const states = (have: typeof none) =>
  journeySteps(have)
    .map((step) => step.state[0])
    .join('');

describe('the journey', () => {
  it('begins with data and ends with a deployment', () => {
    expect(states(none)).toBe('caaaaa');
    expect(states({ ...none, datasets: 1 })).toBe('dcaaaa');
    expect(states({ ...none, datasets: 1, labelingProjects: 1 })).toBe('ddcaaa');
    expect(states({ ...none, datasets: 1, runs: 8 })).toBe('dddcaa');
    expect(states({ ...none, datasets: 1, runs: 8, models: 1, deployments: 1 })).toBe('ddddca');
  });

  it('takes labels that came with the data as done once something was trained', () => {
    expect(journeySteps({ ...none, datasets: 1, runs: 1 })[1]).toMatchObject({ state: 'done', note: 'came with the data' });
  });

  it('names the next act to whoever may do it, and to the others who will', () => {
    expect(nextStep(none, all).act).toEqual({ label: 'Bring in data', path: 'datasets/new' });
    expect(nextStep(none, () => false)).toMatchObject({
      act: null,
      other: null,
      explanation: 'Nothing is here yet. A scientist brings in the first file.',
    });
    expect(nextStep({ ...none, datasets: 1 }, all).other?.path).toBe('experiments/launch');
  });

  it('asks for a promotion when the deployment waits for its first version', () => {
    const have = { datasets: 1, labelingProjects: 1, runs: 8, models: 1, deployments: 1 };
    expect(nextStep(have, all).act).toEqual({ label: 'Ask for a promotion', path: 'models' });
  });
});
