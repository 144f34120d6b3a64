import { describe, expect, it } from 'vitest';
import { usualStages } from '#server/domain/stages.fixture.ts';
import { canAskFor, moveStageByHand } from './stage.policy.ts';

const stages = usualStages();

describe('stages', () => {
  it('are left by hand only downwards, and never by a version that answers', () => {
    expect(moveStageByHand(stages, 'production', 'archived')).toEqual({ ok: true });
    expect(moveStageByHand(stages, 'production', 'staging')).toEqual({ ok: true });
    expect(moveStageByHand(stages, 'production', 'staging', ['spam-filter'])).toMatchObject({
      ok: false,
      why: expect.stringContaining('spam-filter'),
    });
    expect(moveStageByHand(stages, 'archived', 'production').ok).toBe(false);
    expect(moveStageByHand(stages, 'staging', 'archived').ok).toBe(true);
    expect(moveStageByHand(stages, 'archived', 'development').ok).toBe(true);
    expect(moveStageByHand(stages, 'archived', 'archived').ok).toBe(false);
    expect(moveStageByHand(stages, 'development', 'staging').ok).toBe(false);
    expect(moveStageByHand(stages, 'development', 'nowhere').ok).toBe(false);
  });

  it('are asked for upwards, by the order of the project', () => {
    expect(canAskFor(stages, 'development', 'staging').ok).toBe(true);
    expect(canAskFor(stages, 'staging', 'production').ok).toBe(true);
    expect(canAskFor(stages, 'staging', 'staging').ok).toBe(false);
    expect(canAskFor(stages, 'production', 'staging').ok).toBe(false);
    expect(canAskFor(stages, 'staging', 'archived')).toEqual({ ok: false, why: 'Ask for production.' });
    expect(canAskFor(stages, 'staging', 'nowhere')).toEqual({
      ok: false,
      why: 'This project has no stage nowhere. Ask for production.',
    });
  });
});
