import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import type { Expression } from './ast.ts';
import { parseExpression } from './expression.ts';
import { formatExpression } from './format.ts';
import { highlight } from './highlight.ts';
import { MAX_DEPTH, MAX_LENGTH } from './limits.ts';
import { randomExpression } from './random-expression.fixture.ts';

function ast(text: string): Expression {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.errors)}`);
  return parsed.ast;
}

function firstError(text: string) {
  const parsed = parseExpression(text);
  return parsed.ok ? null : parsed.errors[0];
}

const withoutPlaces = (value: unknown) => JSON.parse(JSON.stringify(value, (key, inner) => (key === 'at' ? undefined : inner)));

describe('the language', () => {
  it('takes MLflow’s filters as they are', () => {
    // From mlflow.org, "Search Runs" and "Search Registered Models", and mlflow/tests/utils/test_search_utils.py.
    for (const text of [
      'metrics.accuracy > 0.72',
      'params."learning rate" = "0.1"',
      "tags.`mlflow.source.name` = 'x'",
      "attributes.status = 'RUNNING' and params.model LIKE 'GPT%'",
      "attribute.run_id IN ('a', 'b')",
      "name ILIKE '%spam%'",
      'tags."mlflow.parentRunId" IS NULL',
      'metrics.`m 1` >= -1.5e-3',
      "run_name NOT IN ('a') AND start_time >= 1664067852747",
    ]) {
      expect(parseExpression(text).ok, text).toBe(true);
    }
  });

  it('binds not before and before or', () => {
    expect(formatExpression(ast('not a = 1 and b = 2 or c = 3'))).toBe('not a = 1 and b = 2 or c = 3');
    expect(formatExpression(ast('not (a = 1 and (b = 2 or c = 3))'))).toBe('not (a = 1 and (b = 2 or c = 3))');
    expect(ast('a = 1 or b = 2 and c = 3')).toMatchObject({ kind: 'or', items: [{}, { kind: 'and' }] });
  });

  it('says the same after being written out and read again', () => {
    const random = createRandom(7).next;
    for (let i = 0; i < 500; i += 1) {
      const made = randomExpression(random);
      const text = formatExpression(made);
      expect(withoutPlaces(ast(text)), text).toEqual(withoutPlaces(made));
      expect(formatExpression(ast(text))).toBe(text);
      expect(
        highlight(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('never throws, whatever is typed', () => {
    const random = createRandom(11).next;
    const bits = [
      '(',
      ')',
      'and',
      'or',
      'not',
      'f1.spam',
      '>=',
      '0.9',
      "'x'",
      "'",
      '"',
      '`',
      ',',
      'in',
      'is',
      'null',
      ' ',
      '.',
      '§',
      '-',
      '\\',
      '\n',
      '::',
    ];
    for (let i = 0; i < 2000; i += 1) {
      const text = Array.from({ length: 1 + Math.floor(random() * 14) }, () => bits[Math.floor(random() * bits.length)]).join('');
      const parsed = parseExpression(text);
      if (parsed.ok) continue;
      expect(parsed.errors.length).toBeGreaterThan(0);
      for (const error of parsed.errors) {
        expect(error.from).toBeGreaterThanOrEqual(0);
        expect(error.from).toBeLessThanOrEqual(text.length);
        expect(error.to).toBeGreaterThanOrEqual(error.from);
        expect(error.message).toMatch(/[.!]$/);
      }
    }
  });

  it('marks what is wrong at its place, in plain words', () => {
    expect(firstError('a >')).toEqual({ from: 3, to: 4, message: 'After > a number, a text or a key belongs, not the end.' });
    expect(firstError('a = 1 b = 2')).toEqual({ from: 6, to: 7, message: 'Join conditions by “and” or “or”.' });
    expect(firstError('a = 1)')).toMatchObject({ from: 5, message: 'This ) closes nothing.' });
    expect(firstError("a = 'x")).toMatchObject({ from: 4, message: "The quote ' that begins here isn't closed." });
    expect(firstError('a && b')).toMatchObject({ from: 2, to: 4, message: '&& means nothing here. Write “and”.' });
    expect(firstError('f1.spam')).toMatchObject({ from: 0, to: 7 });
    expect(firstError('slices.foo(a) > 1')?.message).toContain('There are min, max, mean, count and all');
    expect(firstError('slices.min(a > 1) > 1')?.message).toContain('is a column');
    expect(firstError('slices.min(a, slices.min(b) > 1) > 1')?.message).toContain('inside another');
    expect(firstError('  ')?.message).toContain('Write a condition');
    expect(firstError('a > 1e999')?.message).toBe('This number is too large.');
  });

  it('bounds what it reads', () => {
    expect(firstError(`${'('.repeat(900)}a = 1`)?.message).toContain(`nested more than ${MAX_DEPTH}`);
    expect(firstError(`${'not '.repeat(900)}a = 1`)?.message).toContain('nested');
    expect(firstError(`a = '${'x'.repeat(MAX_LENGTH)}'`)?.message).toContain(`at most ${MAX_LENGTH}`);
    expect(firstError(`a in (${Array.from({ length: 900 }, () => '1').join(',')})`)?.message).toContain('longer than');
    expect(parseExpression(`${'('.repeat(MAX_DEPTH)}a = 1${')'.repeat(MAX_DEPTH)}`).ok).toBe(true);
    const started = performance.now();
    for (let i = 0; i < 20; i += 1) parseExpression(`${'a.'.repeat(1990)}a = 1`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
