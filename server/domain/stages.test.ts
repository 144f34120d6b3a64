import { describe, expect, it } from 'vitest';
import { usualStages } from './stages.fixture.ts';
import { firstWith, isServing, isUp, pipsOf, problemsOf, stageBelow, targetsFrom } from './stages.ts';

const stages = usualStages();

describe('an order of stages', () => {
  it('has the end lowest', () => {
    expect(isUp(stages, 'archived', 'development')).toBe(true);
    expect(isUp(stages, 'production', 'archived')).toBe(false);
    expect(isUp(stages, 'gone', 'development')).toBe(true);
    expect(targetsFrom(stages, 'archived').map((stage) => stage.name)).toEqual(['staging', 'production']);
    expect(targetsFrom(stages, 'production')).toEqual([]);
  });

  it('knows where a version serves, begins and falls back to', () => {
    expect(isServing(stages, 'production')).toBe(true);
    expect(isServing(stages, 'gone')).toBe(false);
    expect(firstWith(stages, 'end').name).toBe('archived');
    expect(stageBelow(stages, 'production').name).toBe('staging');
    const short = stages.filter((stage) => stage.name !== 'staging');
    expect(stageBelow(short, 'production').name).toBe('development');
  });

  it('is drawn as pips', () => {
    expect(pipsOf(stages, 'staging')).toEqual({ filled: 2, of: 3 });
    expect(pipsOf(stages, 'archived')).toEqual({ filled: 0, of: 3 });
    expect(pipsOf(stages, 'gone')).toBeNull();
  });

  it('names what keeps it from being saved', () => {
    expect(problemsOf(stages)).toEqual([]);
    expect(problemsOf(stages.filter((stage) => stage.role !== 'serving'))).toEqual([
      'At least one stage serves, or nothing could ever answer.',
    ]);
    const [start, gate, ...rest] = stages;
    if (!start || !gate) throw new Error('Four stages.');
    expect(problemsOf([gate, ...rest, { ...start, place: 9 }])).toEqual([
      'The stage where versions begin comes first.',
      'The stage where versions end comes last.',
    ]);
    expect(problemsOf([...stages, { ...gate, place: 1.5 }])).toEqual(['There are two stages named staging.']);
  });
});
