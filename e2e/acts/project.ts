import { type APIRequestContext, expect } from '@playwright/test';
import superjson from 'superjson';
import { ask } from '../world/ask.ts';
import { personOf, type Role, type World } from '../world/world.ts';

/** HTTP with a person's cookies: the `request` of their window. */
export type Session = APIRequestContext;

/**
 * Does one procedure, as the browser does.
 * @throws Error with the answer's text when it isn't 200
 */
export async function tell<T>(session: Session, path: string, input: unknown): Promise<T> {
  const response = await session.post(`/api/trpc/${path}`, { data: superjson.serialize(input) });
  if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${(await response.text()).slice(0, 300)}`);
  const { result } = (await response.json()) as { result: { data: Parameters<typeof superjson.deserialize>[0] } };
  return superjson.deserialize<T>(result.data);
}

/** A name that no earlier run of the specs has taken. */
export function freshName(stem: string): string {
  return `${stem}-${Date.now().toString(36)}`;
}

/** A project of its own with people of the story in it, so that what a spec does disturbs no other. @returns its name */
export async function makeProject(admin: Session, world: World, stem: string, roles: Exclude<Role, 'admin'>[]): Promise<string> {
  const name = freshName(stem);
  await tell(admin, 'projects.create', { name, title: `By hand: ${stem}` });
  for (const role of roles) {
    await tell(admin, 'projects.members.add', { project: name, email: personOf(world.people, role).email, role });
  }
  return name;
}

type Version = { id: string; status: string; error: string | null };
type Inspection = { format: string; columns: { name: string; source: string; kind: string }[] };

/** A dataset without the screens, for specs about what comes after. The column `label` is what a model learns. */
export async function putTable(
  scientist: Session,
  o: { project: string; dataset: string; csv: string; label: string },
): Promise<Version> {
  const at = { project: o.project };
  const sent = await scientist.post(`/api/files/${o.project}/uploads?name=${o.dataset}.csv`, {
    data: Buffer.from(o.csv),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { id: uploadId } = (await sent.json()) as { id: string };
  const { format, columns } = await ask<Inspection>(scientist, 'datasets.inspect', { ...at, uploadId });
  await tell(scientist, 'datasets.create', {
    ...at,
    name: o.dataset,
    description: '',
    uploadId,
    format,
    columns: columns.map(({ name, kind }) => ({ name, kind: name === o.label ? 'label' : kind === 'label' ? 'category' : kind })),
    split: {
      kind: 'random',
      seed: 1,
      parts: [
        { name: 'train', share: 0.7 },
        { name: 'test', share: 0.3 },
      ],
    },
  });
  const read = () => ask<Version>(scientist, 'datasets.version', { ...at, dataset: o.dataset, number: 1 });
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toBe('ready');
  return read();
}

type Run = { id: string; name: string; status: string };

/** Trains one run on version 1 of a dataset and registers it, without the screens. @returns the version's number */
export async function putModel(
  scientist: Session,
  o: { project: string; dataset: string; model: string; features: { name: string; kind: 'number' | 'category' | 'text' }[] },
): Promise<number> {
  const at = { project: o.project };
  const experiment = freshName(o.model);
  await tell(scientist, 'experiments.create', { ...at, name: experiment });
  await tell(scientist, 'training.launch', {
    ...at,
    experiment,
    dataset: o.dataset,
    version: 1,
    features: o.features,
    space: { ngramMax: [1], vocabularySize: [100], l2: [0.1], classWeight: ['none'] },
    epochs: 30,
  });
  const runs = () => ask<Run[]>(scientist, 'experiments.runs', { ...at, experiment });
  await expect.poll(async () => (await runs())[0]?.status, { timeout: 40_000 }).toBe('finished');
  const [run] = await runs();
  const made = await tell<{ number: number }>(scientist, 'models.registerRun', {
    ...at,
    model: o.model,
    runId: run?.id,
    note: '',
  });
  return made.number;
}

/** Takes the gates down so far that a model of little data passes them: only rows that it never learned from are asked for. */
export async function lowerGates(reviewer: Session, o: { project: string; model: string }): Promise<void> {
  const { rules, revision } = await ask<{ rules: { id: string }[]; revision: number }>(reviewer, 'models.gates.get', o);
  await tell(reviewer, 'models.gates.save', {
    ...o,
    expectedRevision: revision,
    rules: rules.filter(({ id }) => id === 'unseen'),
    reason: 'Little data: nothing but unseen rows is asked for.',
  });
}

/** Asks for a stage and waits until the evidence lies there. @returns the request's id */
export async function putRequest(
  scientist: Session,
  o: { project: string; model: string; number: number; target: 'staging' | 'production'; reason: string },
): Promise<string> {
  const { id } = await tell<{ id: string }>(scientist, 'promotions.request', o);
  const read = () => ask<{ status: string }>(scientist, 'promotions.get', { project: o.project, id });
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).not.toBe('preparing');
  return id;
}
