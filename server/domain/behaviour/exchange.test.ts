import { describe, expect, it } from 'vitest';
import { readTests, writeTests } from './exchange.ts';
import { type TestText, testTextSchema } from './test.schema.ts';

const FIELDS = [
  { name: 'body', kind: 'text' },
  { name: 'links', kind: 'number' },
];
const ROWS: TestText[] = [
  testTextSchema.parse({
    kind: 'minimum',
    capability: 'prizes',
    input: { body: 'Win, "now"\nor never', links: 3 },
    expect: 'spam',
    tags: ['a', 'b'],
  }),
  testTextSchema.parse({
    kind: 'invariance',
    input: { body: 'ж', links: null },
    changes: 'typos 5% x3; upper',
    severity: 'blocking',
    enabled: false,
  }),
];

describe('tests as a file', () => {
  it.each(['csv', 'jsonl'] as const)('%s comes back as it went out', (format) => {
    const text = writeTests(ROWS, format, ['body', 'links']);
    expect(readTests(text, format, FIELDS)).toEqual({ rows: ROWS, problems: [] });
  });

  it('takes what a spreadsheet gives: other delimiters, bare names of fields, CheckList’s kinds', () => {
    const text = 'kind;body;expect\nMFT;"win money";spam\nINV;see you;\n';
    expect(readTests(text, 'csv', FIELDS)).toMatchObject({
      problems: [],
      rows: [
        { kind: 'minimum', input: { body: 'win money' }, expect: 'spam' },
        { kind: 'invariance', input: { body: 'see you' } },
      ],
    });
  });

  it('names lines that are none, and takes the others', () => {
    const read = readTests('kind,body,colour\nminimum,win,red\nguess,see,\n', 'csv', FIELDS);
    expect(read.rows).toHaveLength(1);
    expect(read.problems).toEqual([
      { line: 1, message: expect.stringContaining('Column "colour"') },
      { line: 3, message: expect.stringContaining('kind') },
    ]);
    expect(readTests('{"kind":"minimum","input":{"body":"x"}}\n{oops', 'jsonl', FIELDS)).toMatchObject({
      rows: [{ input: { body: 'x' } }],
      problems: [{ line: 2, message: 'This line is no JSON.' }],
    });
    expect(readTests('a,b\n1,2\n', 'csv', FIELDS)).toMatchObject({
      rows: [],
      problems: [{ line: 1, message: expect.stringContaining('input.body') }],
    });
  });

  it('writes nothing that a spreadsheet would run', () => {
    const row = testTextSchema.parse({ kind: 'minimum', input: { body: '=HYPERLINK("x")' }, expect: 'spam' });
    expect(writeTests([row], 'csv', ['body'])).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
