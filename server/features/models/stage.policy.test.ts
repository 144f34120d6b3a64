import { describe, expect, it } from 'vitest';
import { canAskFor, isUp, moveStageByHand } from './stage.policy.ts';

describe('stages', () => {
  it('go up by request only', () => {
    expect(isUp('development', 'staging')).toBe(true);
    expect(isUp('archived', 'production')).toBe(true);
    expect(isUp('production', 'staging')).toBe(false);
  });

  it('let nobody archive what is in production', () => {
    expect(moveStageByHand('production', 'archived').ok).toBe(false);
    expect(moveStageByHand('staging', 'archived').ok).toBe(true);
    expect(moveStageByHand('archived', 'development').ok).toBe(true);
    expect(moveStageByHand('archived', 'archived').ok).toBe(false);
  });

  it('can be asked for when they lie above', () => {
    expect(canAskFor('development', 'staging').ok).toBe(true);
    expect(canAskFor('staging', 'production').ok).toBe(true);
    expect(canAskFor('staging', 'staging').ok).toBe(false);
    expect(canAskFor('production', 'staging').ok).toBe(false);
    expect(canAskFor('staging', 'archived').ok).toBe(false);
  });
});
