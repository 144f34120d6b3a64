import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Signature } from '#server/domain/signature.ts';
import { performanceDataSchema } from '#server/domain/suite/sections.schema.ts';
import { uploadedSignature } from '#server/features/models/signature.view.ts';
import { closeClient, inspectModel } from '#server/inference/client.ts';
import { objectPath, putObject } from '#server/platform/storage/objects.ts';
import { createScope, type TestProject } from '#server/testing/factories.ts';
import { createModel, createVersion } from '#server/testing/model-rows.ts';
import { createTableVersion } from '#server/testing/tables.ts';
import { GraphBuilder } from '#server/training/onnx/builder.ts';
import { runSuite } from './finish-suite.service.ts';
import type { SuiteSettings } from './suite.schema.ts';
import { getSuite, saveSuite } from './suite.service.ts';
import { getSuiteRun, startSuiteRun } from './suite-runs.service.ts';

let project: TestProject;
let scope: ProjectScope;
beforeEach(async () => {
  ({ project, scope } = await createScope('scientist'));
});
afterAll(() => closeClient());

/** `factor` times x, one number a row: a graph without classes. */
function lineGraph(factor: number): Uint8Array {
  const graph = new GraphBuilder();
  graph.input('x', 'float', ['N']);
  graph.node('Mul', ['x', graph.floats([1], [factor])], { result: 'y' });
  graph.output('y', 'float', ['N']);
  return graph.encode({ name: 'line', producer: 'stagecraft-test', metadata: {} });
}

/** Probabilities of two labels, sigmoid of x and of -x: nothing says which one is chosen. */
function labelsGraph(): Uint8Array {
  const graph = new GraphBuilder();
  graph.input('x', 'float', ['N', 1]);
  const both = graph.node('MatMul', ['x', graph.floats([1, 2], [1, -1])]);
  graph.node('Sigmoid', [both], { result: 'probabilities' });
  graph.output('probabilities', 'float', ['N', 2]);
  return graph.encode({ name: 'labels', producer: 'stagecraft-test', metadata: {} });
}

/** The class of number x; any other number than 0 and 1 is out of the runtime's bounds. */
function lookupGraph(): Uint8Array {
  const graph = new GraphBuilder();
  graph.input('x', 'float', ['N']);
  const index = graph.node('Cast', ['x'], { attributes: { to: 7 } });
  graph.node('Gather', [graph.strings([2], ['ham', 'spam']), index], { attributes: { axis: 0 }, result: 'label' });
  graph.output('label', 'string', ['N']);
  return graph.encode({ name: 'lookup', producer: 'stagecraft-test', metadata: {} });
}

async function evaluate(o: {
  graph: Uint8Array;
  classes?: string[];
  datasetVersionId: string;
  settings: Partial<SuiteSettings>;
}) {
  const stored = await putObject(Buffer.from(o.graph), { mediaType: 'application/onnx' });
  const inspected = await inspectModel(await objectPath(stored.key));
  if (!inspected.ok) throw new Error(inspected.reason);
  const signature: Signature = uploadedSignature(inspected.signature, { classes: o.classes });
  const model = await createModel(project, 'uploaded');
  const version = await createVersion(model, { graphKey: stored.key, signature, datasetVersionId: o.datasetVersionId });
  const suite = await getSuite(scope, 'uploaded');
  const off = { on: false, settings: {} };
  await saveSuite(scope, {
    model: 'uploaded',
    expectedVersion: suite.version,
    settings: {
      ...suite.settings,
      draws: 500,
      timing: { rows: 20, batches: [] },
      sections: { behaviour: off, robustness: off, fairness: off, explanation: off },
      ...o.settings,
    },
  });
  const { id } = await startSuiteRun(scope, { model: 'uploaded', number: version.number, reason: '' });
  await runSuite(scope, id, new AbortController().signal);
  return getSuiteRun(scope, id);
}

const figure = (run: Awaited<ReturnType<typeof evaluate>>, path: string) =>
  run.sections.flatMap(({ facts }) => facts).find((fact) => fact.path === path);

describe('uploaded graphs', () => {
  it('that answer numbers are judged as regressions, with slices by bands', async () => {
    const rows = Array.from({ length: 80 }, (_, i) => ({ x: i, price: 2 * i + (i % 2), label: 'none' }));
    const data = await createTableVersion(project, {
      dataset: 'prices',
      columns: { x: 'number', price: 'number', label: 'label' },
      rows,
    });
    const run = await evaluate({
      graph: lineGraph(2),
      datasetVersionId: data.id,
      settings: { target: 'price', minSliceRows: 10 },
    });
    expect(run.error).toBeNull();
    expect(figure(run, 'mae')).toMatchObject({ estimate: 0.5, n: 80 });
    expect(figure(run, 'rmse')?.estimate).toBeCloseTo(Math.SQRT1_2, 10);
    expect(figure(run, 'r2')?.estimate).toBeGreaterThan(0.999);
    expect(figure(run, 'pinball."0.9"')?.estimate).toBeCloseTo(0.45, 10);
    const data1 = performanceDataSchema.parse(run.sections[0]?.data);
    expect(data1.task).toBe('regression');
    expect(data1.slices.map(({ kind, n }) => [kind, n])).toEqual([
      ['number', 20],
      ['number', 20],
      ['number', 20],
      ['number', 20],
    ]);
    expect(data1.residuals?.quantiles.at(-1)).toEqual({ q: 1, value: 1 });
  });

  it('that score are judged as rankings, one query at a time', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({ x: i % 5, gain: i % 5, query: `q${Math.floor(i / 5)}` }));
    const data = await createTableVersion(project, {
      dataset: 'results',
      columns: { x: 'number', gain: 'number', query: 'category' },
      rows,
    });
    const settings: Partial<SuiteSettings> = { task: 'ranking', target: 'gain', query: 'query', depths: [1, 3] };
    const run = await evaluate({ graph: lineGraph(1), datasetVersionId: data.id, settings });
    expect(figure(run, 'ndcg.3')).toMatchObject({ estimate: 1, n: 6 });
    expect(figure(run, 'recall_at.3')?.estimate).toBeCloseTo(0.75, 12);
    expect(figure(run, 'mrr')?.estimate).toBe(1);
  });

  it('that give several labels are judged by label sets', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      x: i % 2 === 0 ? 3 : -3,
      tags: i % 4 === 0 ? 'up|down' : i % 2 === 0 ? 'up' : 'down',
    }));
    const data = await createTableVersion(project, { dataset: 'tags', columns: { x: 'number', tags: 'label' }, rows });
    const run = await evaluate({
      graph: labelsGraph(),
      classes: ['up', 'down'],
      datasetVersionId: data.id,
      settings: { task: 'multilabel' },
    });
    expect(figure(run, 'subset_accuracy')?.estimate).toBe(0.75);
    expect(figure(run, 'hamming_loss')?.estimate).toBe(0.125);
    expect(figure(run, 'f1.up')?.estimate).toBe(1);
    expect(figure(run, 'f1.down')?.estimate).toBeCloseTo(40 / 50, 12);
  });

  it('that fail on a row: it is named, counts as wrong, and the suite goes on; numbers can’t, so the run fails with it', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ x: i === 13 ? 9 : i % 2, label: i % 2 === 1 ? 'spam' : 'ham' }));
    const data = await createTableVersion(project, { dataset: 'rows', columns: { x: 'number', label: 'label' }, rows });
    const run = await evaluate({ graph: lookupGraph(), classes: ['ham', 'spam'], datasetVersionId: data.id, settings: {} });
    expect(run.status).toBe('done');
    expect(figure(run, 'accuracy')?.estimate).toBe(39 / 40);
    expect(figure(run, 'rows.failed')?.estimate).toBe(1);
    expect(performanceDataSchema.parse(run.sections[0]?.data).failedRows).toMatchObject([
      {
        row: 13,
        fields: [
          { name: 'x', value: '9' },
          { name: 'label', value: 'spam' },
        ],
      },
    ]);
    expect(run.sections[0]?.problems[0]).toContain('The model fails on row 13 of rows v1 (x: 9, label: spam)');
  });
});
