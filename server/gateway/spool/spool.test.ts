import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DomainError } from '#server/errors.ts';
import { Shipper, type SpoolBatch } from '#server/gateway/spool/shipper.ts';
import { SpoolWriter, segmentName } from '#server/gateway/spool/writer.ts';
import { log } from '#server/log.ts';

function open(save: (ids: number[]) => void, root = mkdtempSync(join(tmpdir(), 'stagecraft-spool-')), maxBytes?: number) {
  const writer = new SpoolWriter(root, crypto.randomUUID());
  const saveBatch = async (batch: SpoolBatch) => save((JSON.parse(batch.predictions) as { id: number }[]).map((row) => row.id));
  const shipper = new Shipper({ root, writer, save: saveBatch, log, ...(maxBytes ? { maxBytes } : {}) });
  return { root, writer, shipper };
}
const line = (id: number, text = '') => `P${JSON.stringify({ id, text })}`;

describe('the spool of the prediction log', () => {
  it('ships everything in its order and removes what is stored', async () => {
    const seen: number[] = [];
    const { writer, shipper } = open((ids) => seen.push(...ids));
    for (let i = 0; i < 5_000; i++) void writer.append([line(i, 'x'.repeat(1_000))]);
    await writer.append([line(5_000)]);
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
      await writer.append([line(i)]);
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
    await writer.append(Array.from({ length: 100 }, (_, i) => line(i)));
    expect(await shipper.drain()).toBe(true);
    expect(seen).toHaveLength(99);
    expect(readFileSync(join(root, 'rejected.jsonl'), 'utf8')).toBe('{"id":37,"text":""}\n');
    expect(shipper.stats()).toMatchObject({ rejected: 1, shipped: 99 });
  });

  it('says when it is full', async () => {
    const { writer, shipper } = open(
      () => {
        throw new Error('down');
      },
      undefined,
      2_000,
    );
    await writer.append([line(1, 'x'.repeat(1_000))]);
    await shipper.drain();
    expect(shipper.full).toBe(false);
    await writer.append([line(2, 'x'.repeat(1_000))]);
    expect(shipper.full).toBe(true);
  });

  it('takes over what a killed process left, torn last line and all', async () => {
    const root = mkdtempSync(join(tmpdir(), 'stagecraft-spool-'));
    const program = `
      import { SpoolWriter } from '#server/gateway/spool/writer.ts';
      const writer = new SpoolWriter(process.argv[1], 'dead');
      for (let i = 0; ; i++) {
        await writer.append(['P' + JSON.stringify({ id: i })]);
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
    appendFileSync(join(root, 'dead', segmentName(1)), 'P{"id": 99999, "te');
    const seen: number[] = [];
    const { shipper } = open((ids) => seen.push(...ids), root);
    expect(await shipper.drain()).toBe(true);
    expect(seen.length).toBeGreaterThanOrEqual(promised);
    expect(seen).toEqual(seen.map((_, i) => i));
    expect(existsSync(join(root, 'dead'))).toBe(false);
  });
});
