import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Signature } from '#server/domain/signature.ts';
import type { SectionContext } from '#server/features/evaluations/section-context.schema.ts';
import { DEFAULT_SUITE } from '#server/features/evaluations/suite.schema.ts';
import { contextOfVersion } from '#server/features/fairness/gold-of-version.service.ts';
import { closeClient } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { callerFor, callerWithRole } from '#server/testing/caller.ts';
import { createScope, type TestProject, type TestUser } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { addTraffic, createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';
import { trainClassifier } from '#server/training/classifier.ts';
import { explanationDataSchema } from './explanations.schema.ts';
import { runExplanationSection } from './explanations.service.ts';
import { explainInput, explainPrediction, explainRow } from './one-row.service.ts';

const ROWS: LabeledRow[] = Array.from({ length: 160 }, (_, i) => ({
  id: `mail-${i}`,
  from: i % 3 === 0 ? 'example.org' : 'example.com',
  body: ['win money now', 'win a prize', 'the meeting is moved', 'notes of the meeting'][i % 4] ?? '',
  label: i % 4 < 2 ? 'spam' : 'ham',
  split: i < 100 ? 'train' : 'test',
}));

let project: TestProject;
let user: TestUser;
let scope: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;
let datasetVersionId: string;

beforeEach(async () => {
  ({ project, user, scope } = await createScope('scientist'));
  model = await createModel(project);
  datasetVersionId = (await createDatasetVersion(project, ROWS)).id;
});
afterAll(() => closeClient());

async function version(graph: Uint8Array, signature: Signature, learned: string | null = datasetVersionId) {
  const stored = await putObject(Buffer.from(graph), { mediaType: 'application/onnx' });
  return createVersion(model, { graphKey: stored.key, signature, ...(learned ? { datasetVersionId: learned } : {}) });
}

function trained() {
  const rows = ROWS.filter((row) => row.split === 'train');
  const training = trainClassifier({
    features: [
      { name: 'body', kind: 'text' },
      { name: 'from', kind: 'category' },
    ],
    columns: { body: rows.map((row) => row.body), from: rows.map((row) => row.from) },
    labels: rows.map((row) => row.label),
    params: { ngramMax: 2, vocabularySize: 100, l2: 0.1, classWeight: 'none', epochs: 50 },
    seed: 1,
  });
  for (;;) {
    const step = training.next();
    if (step.done) return step.value;
  }
}

const sumOf = (found: Awaited<ReturnType<typeof explainInput>>) =>
  found.fields.reduce((sum, field) => sum + field.contribution, found.expected);
const ask = { method: 'auto' as const, counterfactual: true };

describe('a graph of our own trainer', () => {
  it('is explained exactly, by word, and the values add up to what was answered', async () => {
    const { graph, signature } = trained();
    const { number } = await version(graph, signature);
    const instance = { body: 'Please WIN money at the meeting', from: 'example.org' };
    const found = await explainInput(scope, { ...ask, model: model.name, number, instance });
    expect(found).toMatchObject({
      method: 'linear',
      space: 'log_odds',
      notes: [],
      background: { rows: 100, of: 'training rows of mail v1' },
    });
    expect(sumOf(found)).toBeCloseTo(found.output, 9);
    expect(1 / (1 + Math.exp(-found.output))).toBeCloseTo(found.probability ?? 0, 4);
    const body = found.fields[0];
    const words = Object.fromEntries(
      (body?.words ?? []).map(({ from, to, contribution }) => [instance.body.slice(from, to), contribution]),
    );
    const forSpam = found.class === 'spam' ? 1 : -1;
    expect(forSpam * (words.WIN ?? 0)).toBeGreaterThan(0);
    expect(forSpam * (words.meeting ?? 0)).toBeLessThan(0);
    expect(words.Please).toBeUndefined();
    const parts = (body?.words ?? []).reduce((sum, word) => sum + word.contribution, body?.absent ?? 0);
    expect(parts).toBeCloseTo(body?.contribution ?? 0, 9);
  });

  it('says without which words the answer would be another, and the graph agrees', async () => {
    const { graph, signature } = trained();
    const { number } = await version(graph, signature);
    const instance = { body: 'win a prize, win money: notes of the meeting', from: 'example.com' };
    const found = await explainInput(scope, { ...ask, model: model.name, number, instance });
    const other = found.label === 'spam' ? 'ham' : 'spam';
    const change = found.counterfactual;
    if (change?.kind !== 'words') throw new Error('no words were found');
    expect(change).toMatchObject({ label: other, smallest: true });
    expect(change.sentence).toContain(`It would be ${other} without`);
    const rest = change.spans.reduceRight((text, { from, to }) => text.slice(0, from) + text.slice(to), instance.body);
    const again = await explainInput(scope, { ...ask, model: model.name, number, instance: { ...instance, body: rest } });
    expect(again.label).toBe(other);
  });

  it('explains a row of a dataset and a logged prediction as it explains the input', async () => {
    const { graph, signature } = trained();
    const { number, id } = await version(graph, signature);
    const row = await explainRow(scope, { ...ask, model: model.name, number, datasetVersionId, row: 1 });
    const { body, from } = ROWS[1] as LabeledRow;
    expect(row).toEqual(await explainInput(scope, { ...ask, model: model.name, number, instance: { body, from } }));
    const deployment = await db.deployment.create({ data: { projectId: project.id, name: 'spam', modelId: model.id, plan: {} } });
    await addTraffic(project, { deploymentId: deployment.id, rolloutId: null, modelVersionId: id, arm: 'primary', requests: 1 });
    const logged = await db.prediction.findFirstOrThrow({ where: { projectId: project.id } });
    expect(await explainPrediction(scope, { ...ask, id: logged.id })).toMatchObject({
      number,
      label: 'spam',
      fields: [{ value: 'win money' }, { value: null }],
    });
  });

  it('refuses fields and classes that it doesn’t have, and strangers', async () => {
    const { graph, signature } = trained();
    const { number } = await version(graph, signature);
    const place = { ...ask, project: project.name, model: model.name, number };
    const caller = await callerFor(user);
    await expect(caller.explanations.input({ ...place, instance: { subject: 'x' } })).rejects.toThrow(
      /no field subject.*body, from/,
    );
    await expect(caller.explanations.input({ ...place, instance: { body: 'x' }, class: 'eggs' })).rejects.toThrow(
      /no class eggs/,
    );
    const stranger = (await createScope()).user;
    await expect(callerFor(stranger).explanations.input({ ...place, instance: {} })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(caller.explanations.row({ ...place, datasetVersionId, row: 9999 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('any other graph', () => {
  it('is asked with words taken out', async () => {
    const { number } = await version(spamGraph(), SPAM_SIGNATURE);
    const instance = { body: 'win money at the meeting' };
    const found = await explainInput(scope, { ...ask, model: model.name, number, instance });
    expect(found).toMatchObject({ method: 'kernel', space: 'probability', class: 'spam', label: 'spam' });
    expect(sumOf(found)).toBeCloseTo(found.output, 9);
    expect(found.output).toBeCloseTo(found.probability ?? 0, 5);
    const words = Object.fromEntries(
      (found.fields[0]?.words ?? []).map(({ from, to, contribution }) => [instance.body.slice(from, to), contribution]),
    );
    expect(words.win).toBeCloseTo(words.money ?? 0, 9);
    expect(words.meeting).toBeLessThan(0);
    expect(words.at).toBeCloseTo(0, 9);
    expect(found.counterfactual).toMatchObject({ kind: 'words', label: 'ham', words: ['win'], smallest: true });
    const walked = await explainInput(scope, { ...ask, method: 'permutation', model: model.name, number, instance });
    expect(sumOf(walked)).toBeCloseTo(walked.output, 9);
  });

  it('says so when no word decides', async () => {
    const { number } = await version(spamGraph(), SPAM_SIGNATURE);
    const found = await explainInput(scope, { ...ask, model: model.name, number, instance: { body: 'see you at noon' } });
    expect(found.counterfactual?.kind).toBe('none');
  });
});

describe('a tree ensemble of scikit-learn', () => {
  const signature: Signature = {
    inputs: ['a', 'b', 'c'].map((name) => ({ name, datatype: 'FP32', shape: [-1, 1] })),
    outputs: [
      { name: 'label', datatype: 'INT64', shape: [-1] },
      { name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
    ],
    classes: ['0', '1'],
    fields: ['a', 'b', 'c'].map((name) => ({ name, kind: 'number' })),
  };
  const fixture = new URL('../../training/onnx/fixtures/shap-reference.json', import.meta.url);
  const graph = Buffer.from(
    (JSON.parse(readFileSync(fixture, 'utf8')) as { boosting: { onnx: string } }).boosting.onnx,
    'base64',
  );

  it('says that it knows no rows to compare with where the version names no data', async () => {
    const { number } = await version(graph, signature, null);
    const found = await explainInput(scope, { ...ask, model: model.name, number, instance: { a: 0.9, b: 0.8, c: 0.9 } });
    expect(found.notes).toEqual([expect.stringContaining('doesn’t say what data it learned from')]);
  });

  it('keeps to the fields that may change', async () => {
    const caller = await callerFor(user);
    const place = { project: project.name, model: model.name };
    await version(graph, signature, null);
    expect(await caller.explanations.settings(place)).toMatchObject({
      version: 0,
      permitted: [],
      fields: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    });
    const permitted = [{ field: 'a', direction: 'fixed' as const }];
    expect(
      await caller.explanations.saveSettings({ ...place, expectedVersion: 0, permitted, reason: 'Nobody chooses their a.' }),
    ).toEqual({ version: 1 });
    await expect(
      caller.explanations.saveSettings({ ...place, expectedVersion: 0, permitted, reason: 'Again.' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await caller.explanations.settings(place)).toMatchObject({ version: 1, permitted, by: user.name });
    const kept = await db.auditEntry.findMany({ where: { projectId: project.id, action: 'model.explanation_settings.set' } });
    expect(kept).toEqual([expect.objectContaining({ reason: 'Nobody chooses their a.' })]);
    const manager = await callerWithRole(project, 'manager');
    await expect(
      manager.explanations.saveSettings({ ...place, expectedVersion: 1, permitted, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the section of a suite run', () => {
  it.each([
    ['linear', trained],
    ['kernel', () => ({ graph: spamGraph(), signature: SPAM_SIGNATURE })],
  ])('names what a %s graph goes by', async (method, make) => {
    const { graph, signature } = make();
    const { number } = await version(graph, signature);
    const own = await contextOfVersion(scope, model.name, number);
    const ctx: SectionContext = { ...own, suite: DEFAULT_SUITE, incumbent: null, brief: null };
    const section = await runExplanationSection(scope, ctx);
    const data = explanationDataSchema.parse(section.data);
    expect(data).toMatchObject({
      method,
      class: 'spam',
      score: 'accuracy',
      fields: expect.arrayContaining([expect.objectContaining({ field: 'body' })]),
    });
    expect(data.fields[0]?.field).toBe('body');
    const body = data.shuffled.find((one) => one.field === 'body');
    expect(body?.loss?.lower).toBeGreaterThan(0.2);
    if (method === 'linear') expect(data.parts.map((part) => part.part)).toContain('win');
    expect(section.facts.find((fact) => fact.path === 'explanation.body.importance')?.estimate).toBeGreaterThan(0);
    expect(section.problems).toEqual([]);
    expect(section.tookMs).toBeLessThan(10_000);
  });
});
