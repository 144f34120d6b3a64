import { expect, test } from 'vitest';
import type { Profile } from './profile.schema.ts';
import type { Recipe } from './recipe.schema.ts';
import { describeDifference } from './versions.view.ts';

const id = '00000000-0000-7000-8000-000000000000';
const key = 'a'.repeat(64);
const profile = (counts: Record<string, number>, rows = 4360): Profile => ({
  rows,
  bytes: 1,
  columns: [],
  parts: [],
  labelSources: [],
  made: { counts, notes: [] },
});
const labels: Recipe = { kind: 'labels', parentId: id, objectKey: key, keyColumn: 'id', mode: 'fill' };

test('an import says how many rows came in', () => {
  const recipe: Recipe = {
    kind: 'import',
    uploadId: id,
    format: 'csv',
    columns: [{ name: 'a', kind: 'text' }],
    split: { kind: 'none' },
  };
  expect(describeDifference(recipe, [], profile({}))).toBe('4,360 rows imported');
  expect(describeDifference(recipe, [], null)).toBe('import of a file');
});

test('labels say how many, by whom, and what changed', () => {
  expect(describeDifference(labels, [], profile({ filled: 4060, changed: 0 }))).toBe('+4,060 labels imported');
  const hand = [{ type: 'labeling_project' as const, id, name: 'september' }];
  expect(describeDifference(labels, hand, profile({ filled: 300, changed: 2 }))).toBe(
    '+300 labels by hand (september), 2 changed',
  );
});

test('added rows and a new split', () => {
  expect(
    describeDifference({ kind: 'append', parentId: id, objectKey: key, into: 'train' }, [], profile({ added: 9, moved: 3 })),
  ).toBe('+9 rows, 3 moved to train');
  const split = { kind: 'random' as const, seed: 1, parts: [{ name: 'train', share: 1 }] };
  expect(describeDifference({ kind: 'split', parentId: id, split }, [], null)).toBe('new random split');
});
