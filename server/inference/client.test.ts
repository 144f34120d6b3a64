import { afterAll, describe, expect, it } from 'vitest';
import type { Signature } from '#server/domain/signature.ts';
import { closeClient, inspectModel, scoreColumns } from '#server/inference/client.ts';
import { costlyGraph, SPAM_SIGNATURE, spamGraph, writeTemporary } from '#server/testing/graphs.ts';
import { trainClassifier } from '#server/training/classifier.ts';
import { GraphBuilder } from '#server/training/onnx/builder.ts';

afterAll(closeClient);

describe('scoreColumns', () => {
  const modelPath = writeTemporary('spam.onnx', spamGraph());

  it('scores whole columns in their order, batch by batch', async () => {
    const texts = Array.from({ length: 1_000 }, (_, i) => (i % 7 === 0 ? 'Win win' : i % 7 === 1 ? null : 'meeting'));
    const scores = await scoreColumns({
      modelPath,
      signature: SPAM_SIGNATURE,
      columns: { body: texts },
      n: 1_000,
      batchSize: 64,
    });
    expect(scores.labels).toEqual(texts.map((text) => (text === 'Win win' ? 'spam' : 'ham')));
    expect(scores.probabilities).toHaveLength(2_000);
    expect(scores.probabilities[1]).toBeCloseTo(1 / (1 + Math.exp(0.001 - 4)), 5);
    expect((scores.probabilities[2] ?? 0) + (scores.probabilities[3] ?? 0)).toBeCloseTo(1, 6);
  });

  it('says which column is missing', async () => {
    await expect(scoreColumns({ modelPath, signature: SPAM_SIGNATURE, columns: { text: ['a'] }, n: 1 })).rejects.toMatchObject({
      code: 'INVALID',
      message: "The model needs the column body, which isn't there.",
    });
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(scoreColumns({ modelPath, signature: SPAM_SIGNATURE, columns: { body: ['a'] }, n: 1, signal })).rejects.toThrow(
      'cancelled',
    );
  });
});

describe('inspectModel', () => {
  it('reads inputs, outputs and fields from the graph', async () => {
    const found = await inspectModel(writeTemporary('spam.onnx', spamGraph()));
    const { classes: _, ...rest } = SPAM_SIGNATURE;
    expect(found).toEqual({ ok: true, signature: { ...rest, classes: null } satisfies Signature, providers: ['cpu'] });
  });

  it('reads the classes from a property of the file', async () => {
    const graph = new GraphBuilder();
    graph.input('x', 'float', ['N', 2]);
    graph.node('Softmax', ['x'], { attributes: { axis: 1 }, result: 'probabilities' });
    graph.output('probabilities', 'float', ['N', 2]);
    const bytes = graph.encode({ name: 'two', producer: 'test', metadata: { classes: '["no","yes"]' } });
    expect(await inspectModel(writeTemporary('two.onnx', bytes))).toMatchObject({
      ok: true,
      signature: { classes: ['no', 'yes'], fields: [] },
    });
  });

  it('takes the word of a graph that our own trainer has written', async () => {
    const signature = { ...SPAM_SIGNATURE, fields: [{ name: 'body', kind: 'category' as const }] };
    const training = trainClassifier({
      features: [{ name: 'body', kind: 'category' }],
      columns: { body: ['a', 'b', 'a', 'b'] },
      labels: ['ham', 'spam', 'ham', 'spam'],
      params: { ngramMax: 1, vocabularySize: 10, l2: 1, classWeight: 'none', epochs: 2 },
      seed: 1,
    });
    let step = training.next();
    while (!step.done) step = training.next();
    expect(await inspectModel(writeTemporary('own.onnx', step.value.graph))).toEqual({ ok: true, signature, providers: ['cpu'] });
  });

  it('says that a file is no ONNX graph', async () => {
    const found = await inspectModel(writeTemporary('photo.onnx', 'GIF89a and so on'));
    expect(found).toMatchObject({ ok: false, reason: expect.stringMatching(/protobuf/i) });
  });

  it('says that a cut-off file can not be read', async () => {
    const found = await inspectModel(writeTemporary('cut.onnx', spamGraph().slice(0, 200)));
    expect(found.ok).toBe(false);
  });

  it('ends a file that wants too much memory, and says so', async () => {
    const graph = new GraphBuilder();
    graph.input('x', 'float', ['N']);
    const huge = graph.node('ConstantOfShape', [graph.integers([2], [40_000, 40_000])]);
    const sum = graph.node('ReduceSum', [huge], { attributes: { keepdims: 0 } });
    graph.node('Add', ['x', sum], { result: 'y' });
    graph.output('y', 'float', ['N']);
    const bytes = graph.encode({ name: 'huge', producer: 'test', metadata: {} });
    const found = await inspectModel(writeTemporary('huge.onnx', bytes), { memoryMb: 512 });
    expect(found).toMatchObject({ ok: false, reason: expect.stringContaining('512 MB') });
  }, 20_000);

  it('ends a file that takes too long', async () => {
    const found = await inspectModel(writeTemporary('costly.onnx', costlyGraph()), { timeoutMs: 10 });
    expect(found).toMatchObject({ ok: false, reason: expect.stringContaining('longer than 0.01 s') });
  });
});
