import { describe, expect, it } from 'vitest';
import { headWords } from './head-words.ts';

const on = { datasetVersionId: 'x', dataset: 'mail', number: 2, split: 'test', rows: 1090, from: null, to: null };
const incumbent = { number: 1 } as never;
const base = {
  model: 'spam-filter',
  number: 2,
  targetStage: 'production',
  stage: 'staging',
  status: 'pending' as const,
  plan: { deployment: 'spam', weights: [0.1, 0.5, 1] },
};

describe('the sentence at the head of a request', () => {
  it('says what would change, for whom, and how', () => {
    const changes = { total: 24, better: 18, worse: 5, rows: [] };
    expect(headWords({ ...base, evidence: { on, incumbent, changes } }, 'Production')).toEqual({
      sentence: 'v2 would take over from v1 for callers of spam.',
      explanation:
        'On 1,090 rows of mail v2, v2 answers 24 differently: 18 from wrong to right, 5 from right to wrong, 1 from one wrong answer to another. A canary gives it 10 %, then 50 %, then 100 % of the requests, and rolls back by itself if v2 does worse.',
    });
  });

  it('is about the first version where nothing answers yet', () => {
    const words = headWords({ ...base, plan: null, evidence: { on, incumbent: null, changes: null } }, 'Production');
    expect(words.sentence).toBe('v2 would be the first as the production version of spam-filter.');
    expect(words.explanation).toBe('With the approval it is in production at once.');
  });

  it('speaks of the past when it is done', () => {
    expect(headWords({ ...base, status: 'completed', evidence: { on, incumbent, changes: null } }, 'Production').sentence).toBe(
      'v2 took over from v1 for callers of spam.',
    );
    const same = { total: 0, better: 0, worse: 0, rows: [] };
    expect(headWords({ ...base, status: 'refused', evidence: { on, incumbent, changes: same } }, 'Production').explanation).toBe(
      'On 1,090 rows of mail v2 it answers as v1 does, each time.',
    );
  });
});
