import { afterEach, describe, expect, it } from 'vitest';
import { InferencePool, type PoolOptions } from '#server/inference/pool.ts';
import type { Tensors } from '#server/inference/tensors.ts';
import { log } from '#server/log.ts';
import { costlyGraph, spamGraph, writeTemporary } from '#server/testing/graphs.ts';

const pools: InferencePool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function open(options: Partial<PoolOptions> = {}): InferencePool {
  const pool = new InferencePool({ workers: 1, providers: ['cpu'], threads: 1, log, ...options });
  pools.push(pool);
  return pool;
}

const spam = writeTemporary('spam.onnx', spamGraph());
const costly = writeTemporary('costly.onnx', costlyGraph());
const body = (...texts: string[]): Tensors => ({ body: { datatype: 'BYTES', shape: [texts.length], data: texts } });
const size = (n: number): Tensors => ({ size: { datatype: 'INT64', shape: [1], data: BigInt64Array.of(BigInt(n)) } });
const soon = { timeoutMs: 20_000 };

describe('a pool of inference workers', () => {
  it('loads a model and answers with its outputs', async () => {
    const pool = open();
    const info = await pool.load('spam', spam);
    expect(info).toMatchObject({ provider: 'cpu', batchable: true });
    expect(info.outputs.map((output) => output.name)).toEqual(['label', 'probabilities']);
    const answer = await pool.run('spam', body('Win MONEY now', 'the meeting'), 2, soon);
    expect(answer.outputs.label?.data).toEqual(['spam', 'ham']);
    expect(answer.outputs.probabilities?.shape).toEqual([2, 2]);
    expect(answer.outputs.probabilities?.data[1]).toBeCloseTo(1 / (1 + Math.exp(0.001 - 4)), 5);
  });

  it('runs requests that wait together in one batch, and gives each its own rows', async () => {
    const pool = open();
    await pool.load('spam', spam);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => pool.run('spam', body(i % 3 ? 'win' : 'meeting'), 1, soon)),
    );
    expect(answers.map((answer) => answer.outputs.label?.data)).toEqual(
      Array.from({ length: 200 }, (_, i) => [i % 3 ? 'spam' : 'ham']),
    );
    expect(Math.max(...answers.map((answer) => answer.batchRows))).toBe(64);
    expect(pool.stats().batches).toBeLessThan(10);
  });

  it('splits a request of more rows than a batch and puts the answer together', async () => {
    const pool = open();
    await pool.load('spam', spam);
    const texts = Array.from({ length: 150 }, (_, i) => (i % 2 ? 'win' : 'meeting'));
    const answer = await pool.run('spam', body(...texts), 150, soon);
    expect(answer.outputs.label?.data).toEqual(texts.map((text) => (text === 'win' ? 'spam' : 'ham')));
    expect(answer.outputs.probabilities?.shape).toEqual([150, 2]);
  });

  it('says why a file can not be loaded, and goes on with the others', async () => {
    const pool = open();
    await pool.load('spam', spam);
    await expect(pool.load('broken', writeTemporary('broken.onnx', 'no model at all'))).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining("can't be loaded"),
    });
    expect(pool.info('broken')).toBeUndefined();
    expect((await pool.run('spam', body('win'), 1, soon)).outputs.label?.data).toEqual(['spam']);
  });

  it('names each provider that it could not use, and why', async () => {
    const pool = open({ providers: ['cuda', 'cpu'] });
    const info = await pool.load('spam', spam);
    expect(info.provider).toBe('cpu');
    expect(info.refusals).toEqual([{ provider: 'cuda', reason: expect.stringMatching(/cuda/) }]);
  });

  it('fails only the request that the graph refuses', async () => {
    const pool = open();
    await pool.load('costly', costly);
    const results = await Promise.allSettled([1, 1, 1_000_000_000, 1].map((n) => pool.run('costly', size(n), 1, soon)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { code: 'INTERNAL', details: { reason: 'MODEL_FAILED' } } });
  });

  it('fails only the request that kills its process three times, the last time alone', async () => {
    const pool = open({ hangMs: 1_000 });
    await pool.load('costly', costly);
    const results = await Promise.allSettled([1, 1, 9_000, 1, 1].map((n) => pool.run('costly', size(n), 1, soon)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { code: 'INTERNAL', details: { reason: 'MODEL_CRASHED' } } });
    expect(pool.stats().restarts).toBeGreaterThanOrEqual(3);
  }, 40_000);

  it('answers TIMEOUT when a run takes too long, and still answers the next', async () => {
    const pool = open();
    await pool.load('costly', costly);
    await expect(pool.run('costly', size(3_000), 1, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect((await pool.run('costly', size(1), 1, soon)).outputs.cost?.data).toEqual(BigInt64Array.of(1n));
  }, 20_000);

  it('refuses with UNAVAILABLE when too many wait', async () => {
    const pool = open({ maxWaiting: 10 });
    await pool.load('spam', spam);
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => pool.run('spam', body('win'), 1, soon)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(20);
    expect(refused[0]).toMatchObject({ reason: { code: 'UNAVAILABLE', details: { reason: 'QUEUE_FULL' } } });
  });

  it('unloads a model without touching another', async () => {
    const pool = open();
    await pool.load('a', spam);
    await pool.load('b', spam);
    pool.unload('a');
    await expect(pool.run('a', body('win'), 1, soon)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await pool.run('b', body('win'), 1, soon)).outputs.label?.data).toEqual(['spam']);
  });
});
