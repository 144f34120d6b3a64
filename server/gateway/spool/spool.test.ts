import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DomainError } from '#server/errors.ts';
import { lineHead, predictionLine } from '#server/features/predictions/log-line.schema.ts';
import { halve } from '#server/gateway/spool/segments.ts';
import { type JsonBatch, Shipper } from '#server/gateway/spool/shipper.ts';
import { SpoolWriter, segmentName } from '#server/gateway/spool/writer.ts';
import { log } from '#server/log.ts';

const temporary = () => mkdtempSync(join(tmpdir(), 'stagecraft-spool-'));

function open(save: (ids: number[]) => void, root = temporary(), maxBytes?: number) {
  const writer = new SpoolWriter(root, crypto.randomUUID());
  const outcomes: number[] = [];
  const saveLines = async (lines: Buffer) => {
    const ids = [...lines.toString().matchAll(/^(\d+)\t.*\n/gm)].map((match) => Number(match[1]));
    save(ids);
    return ids.length;
  };
  const saveLog = async (batch: JsonBatch) => {
    const ids = (text: string) => (JSON.parse(text) as { id: number }[]).map((row) => row.id);
    save(ids(batch.predictions));
    outcomes.push(...ids(batch.outcomes));
  };
  const shipper = new Shipper({ root, writer, sink: { saveLines, saveLog }, log, ...(maxBytes ? { maxBytes } : {}) });
  return { root, writer, shipper, outcomes };
}
const line = (id: number, text = '') => `${id}\t${text}\n`;

describe('the spool of the prediction log', () => {
  it('ships everything in its order and removes what is stored', async () => {
    const seen: number[] = [];
    const { writer, shipper } = open((ids) => seen.push(...ids));
    for (let i = 0; i < 5_000; i++) void writer.append(line(i, 'x'.repeat(1_000)));
    await writer.append(line(5_000));
    expect(await shipper.drain()).toBe(true);
    expect(seen).toEqual(Array.from({ length: 5_001 }, (_, i) => i));
    expect(readdirSync(writer.folder)).toEqual(['owner.json']);
  });

  it('keeps everything while the database is away', async () => {
    let down = true;
    const seen: number[] = [];
    const { writer, shipper } = open((ids) => {
      if (down) throw new Error('connection refused');
      seen.push(...ids);
    });
    for (let i = 0; i < 10; i++) {
      await writer.append(line(i));
      expect(await shipper.drain()).toBe(false);
    }
    expect(shipper.healthy).toBe(false);
    down = false;
    expect(await shipper.drain()).toBe(true);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('sets one refused line aside and ships the others', async () => {
    const seen: number[] = [];
    const { root, writer, shipper } = open((ids) => {
      if (ids.includes(37)) throw new DomainError('INVALID', 'a column is too long');
      seen.push(...ids);
    });
    await writer.append(Array.from({ length: 100 }, (_, i) => line(i)).join(''));
    expect(await shipper.drain()).toBe(true);
    expect(seen).toHaveLength(99);
    expect(readFileSync(join(root, 'rejected.jsonl'), 'utf8')).toBe('{"line":"37"}\n');
    expect(shipper.stats()).toMatchObject({ rejected: 1, shipped: 99 });
  });

  it('keeps a refused line in a form that people read', async () => {
    const { root, writer, shipper } = open(() => {
      throw new DomainError('INVALID', 'no such project');
    });
    const uuid = '018f0000-0000-7000-8000-000000000001';
    const head = { projectId: uuid, deploymentId: uuid, modelVersionId: uuid, rolloutId: null, arm: 'primary', provider: null };
    const at = '2026-03-01T00:00:00.000Z';
    const body = { id: uuid, requestId: 'r', index: 0, routingKey: null, at, eventTime: at, label: null, confidence: null };
    const end = { errorCode: null, latencyMs: 1, queueMs: 0, batchSize: 1, input: '{"body":"a\\nb"}', output: null };
    await writer.append(predictionLine(lineHead({ ...head, tokenId: null }), { ...body, ...end }));
    expect(await shipper.drain()).toBe(true);
    expect(JSON.parse(readFileSync(join(root, 'rejected.jsonl'), 'utf8'))).toMatchObject({
      requestId: 'r',
      input: { body: 'a\nb' },
    });
  });

  it('ships outcomes, and the JSON lines that an older gateway left', async () => {
    const seen: number[] = [];
    const root = temporary();
    mkdirSync(join(root, 'old'));
    const old = ['P{"id":1}', 'O{"id":2}', 'P{"id":3}', 'P{"id":4'].join('\n');
    writeFileSync(join(root, 'old', segmentName(1, '.log')), old);
    const { writer, shipper, outcomes } = open((ids) => seen.push(...ids), root);
    await Promise.all([writer.appendOutcomes(['{"id":5}']), writer.append(line(6))]);
    expect(await shipper.drain()).toBe(true);
    expect(seen).toEqual([1, 3, 6]);
    expect(outcomes).toEqual([2, 5]);
    expect(existsSync(join(root, 'old'))).toBe(false);
    expect(shipper.stats()).toMatchObject({ shipped: 5, backlogBytes: 0 });
  });

  it('halves lines between two of them', () => {
    const halves = (text: string) => halve(Buffer.from(text))?.map(String);
    expect(halves('a\nb\n')).toEqual(['a\n', 'b\n']);
    expect(halves('aaaaaaaa\nb\n')).toEqual(['aaaaaaaa\n', 'b\n']);
    expect(halves('a\nbbbbbbbb\n')).toEqual(['a\n', 'bbbbbbbb\n']);
    expect(halves('abc\n')).toBeUndefined();
    expect(halves('\n')).toBeUndefined();
  });

  it('says when it is full', async () => {
    const { writer, shipper } = open(
      () => {
        throw new Error('down');
      },
      undefined,
      2_000,
    );
    await writer.append(line(1, 'x'.repeat(1_000)));
    await shipper.drain();
    expect(shipper.full).toBe(false);
    await writer.append(line(2, 'x'.repeat(1_000)));
    expect(shipper.full).toBe(true);
  });

  it('takes over what a killed process left, torn last line and all', async () => {
    const root = mkdtempSync(join(tmpdir(), 'stagecraft-spool-'));
    const program = `
      import { SpoolWriter } from '#server/gateway/spool/writer.ts';
      const writer = new SpoolWriter(process.argv[1], 'dead');
      for (let i = 0; ; i++) {
        await writer.append(i + '\\tx\\n');
        process.stdout.write(i + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, root], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await new Promise<void>((resolve) => {
      const wait = setInterval(() => {
        if (said.split('\n').length < 200) return;
        clearInterval(wait);
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }, 5);
    });
    const promised = Number(said.split('\n').filter(Boolean).at(-1)?.match(/^\d+$/)?.[0] ?? 0);
    appendFileSync(join(root, 'dead', segmentName(1, '.copy1')), '99999\tte');
    const seen: number[] = [];
    const { shipper } = open((ids) => seen.push(...ids), root);
    expect(await shipper.drain()).toBe(true);
    expect(seen.length).toBeGreaterThanOrEqual(promised);
    expect(seen).toEqual(seen.map((_, i) => i));
    expect(existsSync(join(root, 'dead'))).toBe(false);
  });
});
