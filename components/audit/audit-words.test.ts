import { expect, test } from 'vitest';
import { actionWords, detailText, groupActions, targetHref } from './audit-words.ts';

test('acts in words', () => {
  expect(actionWords('dataset.version.created')).toBe('Dataset version created');
  expect(actionWords('member.role_changed')).toBe('Member role changed');
  expect(actionWords('promotion.evidence-frozen')).toBe('Promotion evidence frozen');
});

test.each([
  [{ type: 'dataset', id: '1', name: 'mail' }, '/mail-team/datasets/mail'],
  [{ type: 'dataset_version', id: '1', name: 'mail v3' }, '/mail-team/datasets/mail/3'],
  [{ type: 'model_version', id: '1', name: 'spam-filter v12' }, '/mail-team/models/spam-filter/12'],
  [{ type: 'model_version', id: '1', name: 'odd name' }, '/mail-team/models/odd%20name'],
  [{ type: 'promotion_request', id: 'abc', name: 'x' }, '/mail-team/models/requests/abc'],
  [{ type: 'rollout', id: '1', name: 'spam-filter, rollout 1 of v2' }, '/mail-team/deployments/spam-filter'],
  [{ type: 'launch', id: '1', name: 'more-mail, launch-1' }, '/mail-team/experiments/more-mail'],
  [{ type: 'upload', id: '1', name: 'file.csv' }, null],
])('the page of %o', (target, href) => {
  expect(targetHref('mail-team', target)).toBe(href);
});

test('acts are grouped by their noun', () => {
  expect(groupActions(['promotion.approved', 'promotion.refused', 'token.created'])).toEqual([
    {
      group: 'promotion',
      items: [
        { value: 'promotion.', label: 'All about promotion' },
        { value: 'promotion.approved', label: 'Promotion approved' },
        { value: 'promotion.refused', label: 'Promotion refused' },
      ],
    },
    { group: 'token', items: [{ value: 'token.created', label: 'Token created' }] },
  ]);
});

test('details are one line each', () => {
  expect([detailText(null), detailText(3), detailText(['a', 1]), detailText('x')]).toEqual(['–', '3', '["a",1]', 'x']);
});
