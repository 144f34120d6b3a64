import { describe, expect, it } from 'vitest';
import { type Field, misfits, misfitWords } from './signature-fit.ts';

const field = (name: string, kind: Field['kind'] = 'text'): Field => ({ name, kind });

describe('whether callers fit a version', () => {
  it('finds nothing where names and forms are the same', () => {
    expect(misfits([field('body'), field('size', 'number')], [field('size', 'number'), field('body', 'category')])).toEqual([]);
    expect(misfitWords([])).toBeNull();
  });

  it('names each field that is lacking, unknown, or of another form', () => {
    const found = misfits(
      [field('body'), field('old'), field('size')],
      [field('body'), field('region'), field('size', 'number')],
    );
    expect(found).toEqual([
      { field: 'region', problem: 'not-sent' },
      { field: 'old', problem: 'not-taken' },
      { field: 'size', problem: 'other-form' },
    ]);
    expect(misfitWords(found)).toBe(
      "needs region, which isn't sent, and doesn't take old, which is sent, and takes size in another form than is sent",
    );
  });
});
