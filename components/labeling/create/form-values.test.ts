import { describe, expect, it } from 'vitest';
import type { VersionFacts } from './form-values.ts';
import { beginForm, nextLabel, rowsToChooseFrom, showable, toInput } from './form-values.ts';

const mail: VersionFacts = {
  id: '018f4d1e-7c1a-7b5a-9d57-6d5d7a0a0001',
  dataset: 'mail',
  columns: [
    { name: 'id', kind: 'key' },
    { name: 'subject', kind: 'text' },
    { name: 'from_domain', kind: 'category' },
    { name: 'label', kind: 'label' },
  ],
  profile: {
    columns: [
      {
        name: 'label',
        top: [
          { value: 'ham', count: 9 },
          { value: 'spam', count: 3 },
        ],
      },
    ],
    parts: [
      { name: 'train', rows: 100, labeled: 80 },
      { name: 'test', rows: 30, labeled: 30 },
    ],
  },
};

describe('the form of a labeling project', () => {
  it('begins from what the version holds', () => {
    const form = beginForm(mail);
    expect(form.labels.map((label) => [label.name, label.hotkey, label.color])).toEqual([
      ['ham', '1', 1],
      ['spam', '2', 2],
    ]);
    expect(form).toMatchObject({ columns: ['from_domain', 'subject'], split: 'train', onlyUnlabeled: true });
    expect(beginForm({ ...mail, profile: null }).labels.map((label) => label.name)).toEqual(['', '']);
    expect(showable(mail).map((column) => column.name)).not.toContain('label');
  });

  it('says how many rows there are to choose from', () => {
    expect(rowsToChooseFrom(mail, { split: 'train', onlyUnlabeled: true })).toBe(20);
    expect(rowsToChooseFrom(mail, { split: '', onlyUnlabeled: false })).toBe(130);
    expect(rowsToChooseFrom({ ...mail, profile: null }, { split: '', onlyUnlabeled: true })).toBe(null);
  });

  it('gives a new label a key that is free and none of the screen', () => {
    const labels = Array.from({ length: 12 }).reduce<ReturnType<typeof nextLabel>[]>((all) => [...all, nextLabel(all)], []);
    expect(labels.map((label) => label.hotkey).join('')).toBe('123456789qwe');
  });

  it('becomes what the server takes, or says which field is wrong', () => {
    const values = { ...beginForm(mail), name: 'september-mail', question: 'Is it spam?' };
    expect(toInput(mail, values)).toMatchObject({
      ok: true,
      input: { leaseSeconds: 300, sample: { split: 'train', n: 100, seed: 1 } },
    });
    const wrong = toInput(mail, { ...values, name: 'September mail', columns: [], n: '', leaseMinutes: 90 });
    expect(wrong.ok ? [] : Object.keys(wrong.errors).sort()).toEqual(['columns', 'leaseMinutes', 'n', 'name']);
    const twice = toInput(mail, { ...values, labels: values.labels.map((label) => ({ ...label, hotkey: '1' })) });
    expect(twice).toEqual({ ok: false, errors: { 'labels.1.hotkey': '"1" is used twice.' } });
  });
});
