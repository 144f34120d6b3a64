import type { Readable } from 'node:stream';
import { Readable as NodeReadable } from 'node:stream';
import type { Browser } from './browser.ts';
import { type Mail, packMails } from './corpus.ts';
import type { Stage, StoryStep } from './stage.ts';
import { DATASET, insist, PROJECT, truthOf, until, versionOf } from './stage.ts';

const PARTS = ['train', 'test', 'production'];

/** Sends a file as a browser's upload does. */
export async function upload(browser: Browser, filename: string, body: Readable | string): Promise<string> {
  const response = await browser.fetch(`/api/files/${PROJECT}/uploads?name=${encodeURIComponent(filename)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: typeof body === 'string' ? body : (NodeReadable.toWeb(body) as ReadableStream),
    duplex: 'half',
  } as RequestInit);
  const answer = (await response.json()) as { id?: string; error?: { message: string } };
  insist(
    response.ok && answer.id !== undefined,
    `The upload of ${filename} was refused: ${answer.error?.message ?? response.status}`,
  );
  return answer.id;
}

/** Waits until a version is built. @throws Error with its reason when it failed */
export async function ready(stage: Stage, number: number) {
  const version = await until(
    `Version ${number} of ${DATASET}`,
    () => stage.as.scientist.trpc.datasets.version.query({ project: PROJECT, dataset: DATASET, number }),
    (found) => found.status !== 'building',
  );
  insist(version.status === 'ready', `Version ${number} of ${DATASET} failed: ${version.error}`);
  return version;
}

export function timeSplit(shares: readonly number[]) {
  return { kind: 'time' as const, column: 'received_at', parts: PARTS.map((name, i) => ({ name, share: shares[i] ?? 0 })) };
}

/** Raw mails become a dataset, divided by their time of delivery. Labels don't come with them. */
export const importMails: StoryStep = {
  name: 'Data: raw mails become a dataset',
  async play(stage) {
    const uploadId = await upload(stage.as.scientist, 'spamassassin.tar.gz', packMails(stage.mails));
    const { trpc } = stage.as.scientist;
    const inspected = await trpc.datasets.inspect.query({ project: PROJECT, uploadId });
    insist(inspected.format === 'mail', `The archive was taken for ${inspected.format}, not for mails.`);
    const made = await trpc.datasets.create.mutate({
      project: PROJECT,
      name: DATASET,
      description: 'The SpamAssassin public corpus: mail of 2002, raw as it was delivered.',
      uploadId,
      format: 'mail',
      columns: inspected.columns.map(({ name, kind }) => ({ name, kind })),
      split: timeSplit(stage.scale.parts),
      note: 'Raw mails, without labels',
    });
    const version = await ready(stage, made.number);
    stage.versions.raw = { id: version.id, number: version.number };
    const rows = version.rowCount ?? 0;
    const quarantined = version.quarantinedCount ?? 0;
    insist(
      rows + quarantined === stage.mails.length,
      `${stage.mails.length} mails went in, ${rows} rows and ${quarantined} in quarantine came out.`,
    );
    insist((version.contentHash ?? '').length === 64, 'The version has no content hash.');
    return { mails: stage.mails.length, rows, quarantined, bytes: version.bytes };
  },
};

/** Labels as a file, `id` and `label`. */
function labelFile(mails: readonly Mail[], label: (mail: Mail) => string): string {
  return ['id,label', ...mails.map((mail) => `${mail.id},${label(mail)}`), ''].join('\n');
}

/** Makes a version by importing labels. */
export async function importLabels(
  stage: Stage,
  o: {
    parent: string;
    mails: readonly Mail[];
    label: (mail: Mail) => string;
    mode: 'fill' | 'overwrite';
    filename: string;
    note: string;
  },
) {
  const uploadId = await upload(stage.as.scientist, o.filename, labelFile(o.mails, o.label));
  const parent = versionOf(stage, o.parent);
  const made = await stage.as.scientist.trpc.datasets.importLabels.mutate({
    project: PROJECT,
    versionId: parent.id,
    uploadId,
    keyColumn: 'id',
    mode: o.mode,
    note: o.note,
  });
  return ready(stage, made.number);
}

/** The labels of all mails but those that people are to label. */
export const importKnownLabels: StoryStep = {
  name: 'Labels: those that exist come in as an import',
  async play(stage) {
    const hidden = await hiddenIds(stage);
    const known = stage.mails.filter((mail) => !hidden.has(mail.id));
    const version = await importLabels(stage, {
      parent: 'raw',
      mails: known,
      label: (mail) => mail.label,
      mode: 'fill',
      filename: 'labels.csv',
      note: 'Labels of the corpus, but for the mails that people label',
    });
    stage.versions.imported = { id: version.id, number: version.number };
    return { labels: known.length, hidden: hidden.size };
  },
};

async function hiddenIds(stage: Stage): Promise<Set<string>> {
  const page = (offset: number) =>
    stage.as.scientist.trpc.labeling.items.query({ project: PROJECT, labeling: LABELING, offset, limit: 200 });
  const ids = new Set([...(await page(0)).rows, ...(await page(200)).rows].map((item) => item.key));
  insist(ids.size === stage.scale.labeling.items, `${stage.scale.labeling.items} mails should wait for labels, ${ids.size} do.`);
  return ids;
}

export const LABELING = 'spam-or-ham';

/** A queue over mails of the training part whose labels nobody has. */
export const prepareLabeling: StoryStep = {
  name: 'Labels: a queue over mails without one',
  async play(stage) {
    const { trpc } = stage.as.scientist;
    await trpc.labeling.create.mutate({
      project: PROJECT,
      name: LABELING,
      question: 'Is this mail spam?',
      labels: [
        { name: 'spam', color: 1, hotkey: '1', description: 'Sent to many, asked for by nobody, wants something.' },
        { name: 'ham', color: 3, hotkey: '2', description: 'A person or a list that the reader chose.' },
      ],
      guideline: GUIDELINE,
      datasetVersionId: versionOf(stage, 'raw').id,
      columns: ['subject', 'from_domain', 'received_at', 'body'],
      sample: { split: 'train', n: stage.scale.labeling.items, seed: 2002, onlyUnlabeled: true },
    });
    const labeling = await until(
      'The labeling queue',
      () => trpc.labeling.get.query({ project: PROJECT, labeling: LABELING }),
      (found) => found.status === 'active' || found.status === 'failed',
    );
    insist(labeling.status === 'active', `The queue could not be made: ${labeling.error}`);
    return { items: labeling.counts.total };
  },
};

/** The annotator takes mails by lease, one by one, and answers as the corpus does. */
export const labelMails: StoryStep = {
  name: 'Labels: the annotator answers',
  async play(stage) {
    const { trpc } = stage.as.annotator;
    const truth = truthOf(stage);
    for (let answered = 0; answered < stage.scale.labeling.answered; answered += 1) {
      const { items } = await trpc.labeling.next.mutate({ project: PROJECT, labeling: LABELING, take: 1 });
      const item = items[0];
      insist(item !== undefined, `The queue was empty after ${answered} answers.`);
      const label = truth.get(item.key) ?? '';
      await trpc.labeling.answer.mutate({
        project: PROJECT,
        labeling: LABELING,
        annotationId: crypto.randomUUID(),
        itemId: item.id,
        label,
        durationMs: 1,
      });
    }
    await trpc.labeling.leave.mutate({ project: PROJECT, labeling: LABELING });
    const made = await stage.as.scientist.trpc.labeling.makeVersion.mutate({
      project: PROJECT,
      labeling: LABELING,
      parentId: versionOf(stage, 'imported').id,
      mode: 'fill',
      note: 'With the labels that people gave',
    });
    const version = await ready(stage, made.number);
    stage.versions.labeled = { id: version.id, number: version.number };
    insist(made.labels === stage.scale.labeling.answered, `${stage.scale.labeling.answered} answers made ${made.labels} labels.`);
    insist(
      version.lineage.some((link) => link.type === 'labeling_project'),
      'The new version does not name the labeling project.',
    );
    return { answered: made.labels, left: stage.scale.labeling.items - made.labels, version: version.number };
  },
};

const GUIDELINE = `**Spam** is mail that was sent to many, that its reader did not ask for, and that wants something: money, a click, an answer.

**Ham** is everything else. A newsletter or a mailing list that somebody joined is ham, also when it advertises.

- Judge by what it says, not by how it looks: HTML and capitals alone prove nothing.
- A forwarded spam with a person's own words above it is ham.
- Skip what you can't read, and say why.
`;
