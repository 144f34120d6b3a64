import type { CardSection, CardTable } from '#server/domain/card/card.schema.ts';
import type { CardFacts } from './card-facts.schema.ts';

type Fact = CardSection['facts'][number];

/** A fact, or nothing where there is none. */
export function fact(term: string, value: string | number | null | undefined): Fact[] {
  return value === null || value === undefined || value === '' ? [] : [{ term, value: String(value) }];
}

export function dayOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function generalFacts({ description, version, standing }: CardFacts): Fact[] {
  const { signature, run } = version;
  return [
    ...fact('Model', `${version.model} v${version.number}`),
    ...fact('Description', description),
    ...fact('Stage', standing ? `${standing.stage} since ${dayOf(standing.since)}` : version.stage),
    ...fact('Made by', version.createdBy),
    ...fact('Registered', dayOf(version.createdAt)),
    ...fact('Origin', run ? `run ${run.name} of experiment ${run.experiment}` : 'uploaded as an ONNX file'),
    ...fact('Note', version.note),
    ...fact('Form', `ONNX graph, ${version.sizeBytes.toLocaleString('en')} bytes`),
    ...fact('SHA-256 of the graph', version.graphKey),
    ...fact('Takes', signature.fields.map((field) => `${field.name} (${field.kind})`).join(', ')),
    ...fact(
      'Answers',
      signature.classes
        ? `one of ${signature.classes.join(', ')}, with a probability each`
        : signature.outputs.map((one) => one.name).join(', '),
    ),
    ...fact('Came from', version.lineage.map((node) => node.name).join(' → ')),
    ...fact('Deleted', version.deleted && `${dayOf(version.deleted.at)} by ${version.deleted.byName}: ${version.deleted.reason}`),
  ];
}

export function purposeFacts({ brief }: CardFacts): Fact[] {
  if (!brief) return [];
  const { budgets, values } = brief;
  return [
    ...fact('Purpose of the project', brief.purpose),
    ...fact(
      'First metric',
      brief.firstMetric && `${brief.firstMetric}, ${brief.firstMetricFalls ? 'lower' : 'higher'} is better`,
    ),
    ...fact('May not fall', brief.heldMetrics.map((held) => `${held.metric} (by more than ${held.tolerance})`).join(', ')),
    ...fact(
      'What answers are worth',
      values && `${values.cells.length} pairs of classes, as ${values.kind}${values.unit ? ` in ${values.unit}` : ''}`,
    ),
    ...fact('Latency budget', budgets.latencyP99Ms && `${budgets.latencyP99Ms} ms for one row, 99th percentile`),
    ...fact('Size budget', budgets.sizeBytes && `${budgets.sizeBytes.toLocaleString('en')} bytes`),
  ];
}

export function purposeTables({ brief }: CardFacts): CardTable[] {
  if (!brief || brief.assumptions.length === 0) return [];
  return [
    {
      title: 'What is assumed',
      heads: ['Assumption', 'Reality', 'Why it was assumed'],
      rows: brief.assumptions.map(({ assumption, reality, reason }) => [assumption, reality, reason]),
    },
  ];
}

const VERDICTS: Record<string, string> = { approve: 'approved', refuse: 'refused', changes: 'wished changes' };

export function approvalFacts({ standing, version }: CardFacts): Fact[] {
  const ground = standing?.ground;
  if (!ground) {
    return fact(
      'Let into its stage by',
      standing && version.stageChanges.length > 0
        ? `${standing.by}, by hand: ${standing.reason}`
        : 'nobody yet: it was not asked for',
    );
  }
  return [
    ...fact('Asked for by', `${ground.askedBy}, ${dayOf(ground.askedAt)}: ${ground.reason}`),
    ...fact('Emergency', ground.emergency),
    ...ground.words.flatMap((word) =>
      fact(
        `${word.by}${word.instead ? ` for ${word.instead}` : ''}`,
        `${VERDICTS[word.verdict] ?? word.verdict}, ${dayOf(word.at)}${word.reason ? `: ${word.reason}` : ''}`,
      ),
    ),
    ...fact(
      'Evidence',
      ground.evidence &&
        `${ground.evidence.passed} of ${ground.evidence.gates} gates passed${ground.evidence.hash ? `, SHA-256 ${ground.evidence.hash}` : ''}`,
    ),
  ];
}

/** What the evaluation itself couldn't do: limits that people should know of. */
export function limitFacts({ suite }: CardFacts): Fact[] {
  return (suite?.sections ?? []).flatMap((section) =>
    section.problems.map((problem) => ({ term: section.section, value: problem })),
  );
}

export function changeTable({ version }: CardFacts): CardTable[] {
  if (version.stageChanges.length === 0) return [];
  return [
    {
      title: 'Changes of stage',
      heads: ['When', 'From', 'To', 'By', 'Why'],
      rows: version.stageChanges.map(({ at, from, to, actorName, reason }) => [dayOf(at), from, to, actorName, reason]),
    },
  ];
}

export function deploymentFacts({ deployments }: CardFacts): Fact[] {
  return deployments.flatMap((one) =>
    fact(`Deployment ${one.name}`, `${one.arm}${one.since ? ` since ${dayOf(one.since)}` : ''}`),
  );
}

export function monitorTable({ monitors }: CardFacts): CardTable[] {
  if (monitors.length === 0) return [];
  return [
    {
      title: 'Monitors',
      heads: ['Monitor', 'Window', 'Finding', 'Open alerts'],
      rows: monitors.map((one) => [one.name, one.window, one.sentence, String(one.openAlerts)]),
    },
  ];
}
