import { describe, expect, it } from 'vitest';
import { LINE_COLUMNS, lineHead, predictionLine, readPredictionLine, SUBJECT_BYTES } from './log-line.schema.ts';

const head = {
  projectId: '018f0000-0000-7000-8000-000000000001',
  deploymentId: '018f0000-0000-7000-8000-0000000000d1',
  modelVersionId: '018f0000-0000-7000-8000-0000000000a1',
  rolloutId: null,
  arm: 'primary',
  provider: 'cpu',
  tokenId: null,
};
const body = {
  id: '018f0000-0000-7000-8000-0000000000e1',
  requestId: 'r\\1',
  index: 3,
  routingKey: 'a\tb\nc\\N',
  at: '2026-03-01T00:00:00.000Z',
  eventTime: '2026-03-01T00:00:00.000Z',
  label: '\\N',
  confidence: 1e-7,
  errorCode: null,
  latencyMs: 1.25,
  queueMs: 0,
  batchSize: 7,
};

describe('a line of the spool', () => {
  it('reads back as it was written, whatever the texts hold', () => {
    const input = { body: 'tab\t "quoted" \\ back\\nslash\nGrüße 😀\u2028', none: null };
    const line = predictionLine(lineHead(head), { ...body, input: JSON.stringify(input), output: '{"\\\\":0.5}' });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(line.split('\t')).toHaveLength(LINE_COLUMNS.length);
    expect(line.slice(0, SUBJECT_BYTES)).toBe(`${head.projectId}\t${head.deploymentId}`);
    expect(readPredictionLine(line)).toEqual({ ...head, ...body, input, output: { '\\': 0.5 } });
  });

  it('tells nothing from the text of nothing', () => {
    const line = predictionLine(lineHead(head), { ...body, routingKey: null, label: '\\N', input: '{}', output: null });
    expect(readPredictionLine(line)).toMatchObject({ routingKey: null, label: '\\N', output: null });
  });

  it('refuses half a line', () => {
    expect(() => readPredictionLine('a\tb')).toThrow('2 fields of 21');
  });
});
