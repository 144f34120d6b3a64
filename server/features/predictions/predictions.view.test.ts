import { describe, expect, it } from 'vitest';
import { toPredictionRow } from '#server/features/predictions/predictions.view.ts';

const row = (input: Record<string, unknown>, o: { outcome?: string; errorCode?: string } = {}) =>
  toPredictionRow({
    id: 'i',
    requestId: 'r',
    index: 0,
    at: new Date(0),
    eventTime: new Date(0),
    deployment: 'd',
    model: 'm',
    version: 1,
    arm: 'primary',
    label: 'spam',
    confidence: 1,
    outcome: o.outcome ?? null,
    errorCode: o.errorCode ?? null,
    latencyMs: 1,
    input,
  });

describe('a line of the list', () => {
  it('previews a long text, or the fields of a table', () => {
    expect(row({ subject: 'Hello', body: `${'word '.repeat(50)}\n\nend` }).preview).toMatch(/^word word .*…$/);
    expect(row({ body: 'short' }).preview).toBe('short');
    expect(row({ island: 'Biscoe', mass: 4000, sex: null }).preview).toBe('island Biscoe, mass 4000, sex –');
  });

  it('says whether the answer was right once the outcome is known', () => {
    expect(row({}).correct).toBeNull();
    expect(row({}, { outcome: 'spam' }).correct).toBe(true);
    expect(row({}, { outcome: 'ham' }).correct).toBe(false);
    expect(row({}, { outcome: 'ham', errorCode: 'TIMEOUT' }).correct).toBeNull();
  });
});
