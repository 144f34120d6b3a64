import { expect, test } from 'vitest';
import {
  areFigures,
  metricBetter,
  metricDelta,
  metricKeys,
  metricName,
  metricValue,
  paramRank,
  paramValue,
  shownMetrics,
  shownParams,
} from './words.ts';

const run = (params: Record<string, string>, metrics: Record<string, number> = {}) => ({ params, metrics });

test('parameters read as a person would say them', () => {
  expect(paramValue('ngramMax', '1')).toBe('1');
  expect(paramValue('ngramMax', '2')).toBe('1–2');
  expect(paramValue('vocabularySize', '30000')).toBe('30k');
  expect(paramValue('l2', undefined)).toBe('–');
  expect(paramRank('0.1')).toBe(0.1);
  expect(paramRank('none')).toBe('none');
  expect(areFigures(['1', null, '2'])).toBe(true);
  expect(areFigures([null])).toBe(false);
});

test('metrics have a name, a direction and a unit of difference', () => {
  expect(metricName('test.f1.spam')).toBe('test F1 of spam');
  expect(metricName('my_metric')).toBe('my_metric');
  expect(metricBetter('validation.loss')).toBe(false);
  expect(metricBetter('test.f1.spam')).toBe(true);
  expect(metricBetter('blossom')).toBeNull();
  expect(metricDelta('test.f1', 0.0123)).toBe('+1.2');
  expect(metricDelta('test.loss', -0.031)).toBe('−0.031');
  expect(metricValue('test.f1', null)).toBe('–');
});

test('columns: what differs comes before what is the same everywhere', () => {
  const runs = [run({ ngramMax: '1', l2: '1', model: 'x', lr: '3' }), run({ ngramMax: '2', l2: '1', model: 'x', lr: '4' })];
  expect(shownParams(runs.slice(0, 1))).toEqual(['ngramMax', 'l2']);
  expect(shownMetrics([run({}, { 'test.f1': 1, 'test.f1.a': 0.9, 'test.f1.b': 0.8 })], 3)).toEqual(['test.f1', 'test.f1.b']);
  expect(shownParams(runs)).toEqual(['ngramMax', 'lr']);
  expect(metricKeys([run({}, { 'train.loss': 1, zeal: 1, 'test.loss': 1, 'test.f1': 1 })])).toEqual([
    'test.f1',
    'test.loss',
    'train.loss',
    'zeal',
  ]);
});
