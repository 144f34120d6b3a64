import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { type Block, figure, moment, type Report, range } from '#server/domain/report/blocks.ts';
import type { ThreadView } from './discussion.schema.ts';
import type { Change, Evidence } from './evidence.schema.ts';
import type { RequestDetail } from './promotions.schema.ts';

type Given = { project: string; request: RequestDetail; sections: EvidenceSection[]; changes: Change[]; threads: ThreadView[] };
const VERBS = { approve: 'approved', refuse: 'refused', changes: 'asked for changes' } as const;
const SHOWN_TABLE_ROWS = 60;

/** All that a decision rests on, and the decision, as a report: the same request in the same state gives the same one. */
export function promotionReport({ project, request, sections, changes, threads }: Given): Report {
  const { evidence } = request;
  const name = `${request.model} v${request.number}`;
  return {
    title: `Promotion of ${name} to ${request.targetStage}`,
    foot: `Stagecraft, project ${project} · request ${request.id} · evidence ${request.evidenceHash ?? 'none'}`,
    at: evidence ? new Date(evidence.preparedAt) : request.requestedAt,
    blocks: [
      ...headOf(request, name),
      ...decisionsOf(request),
      ...(evidence
        ? [...gatesOf(request, evidence), ...comparisonOf(evidence), ...slicesOf(evidence), ...confusionOf(evidence)]
        : []),
      ...changesOf(evidence, changes),
      ...sections.flatMap(sectionOf),
      ...trainingOf(request),
      ...discussionOf(threads),
      ...historyOf(request),
    ],
    data: {
      request: {
        ...request,
        evidence: undefined,
        may: undefined,
        standsFor: undefined,
        decisions: request.decisions.map((one) => ({ ...one, mine: undefined })),
      },
      evidence: evidence && { ...evidence, changes: evidence.changes && { ...evidence.changes, rows: changes } },
      sections,
    },
  };
}

function headOf(request: RequestDetail, name: string): Block[] {
  const items = [
    { term: 'State', value: request.status },
    { term: 'Asked by', value: `${request.requestedByName}, ${moment(request.requestedAt)}` },
    { term: 'From stage', value: request.stage },
    {
      term: 'Evidence',
      value: request.evidenceHash ? `SHA-256 ${request.evidenceHash}, prepared for the ${ordinal(request.round)} time` : 'none',
    },
    ...(request.plan
      ? [
          {
            term: 'Then',
            value: `a canary on ${request.plan.deployment}: ${request.plan.weights.map((weight) => `${Math.round(weight * 100)} %`).join(', ')}`,
          },
        ]
      : []),
    ...(request.emergency === null ? [] : [{ term: 'Emergency', value: request.emergency }]),
  ];
  return [
    { kind: 'facts', items: [{ term: 'Version', value: name }, ...items] },
    { kind: 'quote', by: `${request.requestedByName} gives as the reason`, text: request.reason },
    ...request.obstacles.map((obstacle): Block => ({ kind: 'text', text: obstacle.sentence, tone: 'warn' })),
  ];
}

function decisionsOf(request: RequestDetail): Block[] {
  const { approvals, review } = request;
  const blocks: Block[] = [
    { kind: 'heading', level: 2, text: 'Decision' },
    {
      kind: 'text',
      text: `${approvals.given} of ${approvals.needed} approvals${approvals.open.length > 0 ? `; may still come from ${approvals.open.map(({ name }) => name).join(', ')}` : ''}.`,
    },
  ];
  for (const one of request.decisions) {
    const who = `${one.personName}${one.forName ? ` for ${one.forName}` : ''} ${VERBS[one.verdict]}, ${moment(one.at)}`;
    blocks.push({ kind: 'quote', by: one.dropped ? `${who} (doesn’t count: ${one.dropped})` : who, text: one.reason });
  }
  const accepted = Object.entries(request.accepted);
  if (accepted.length > 0)
    blocks.push({ kind: 'list', items: accepted.map(([gate, why]) => `Gate ${gate} was passed with a reason: ${why}`) });
  if (request.decidedByName && request.decisions.length === 0) {
    blocks.push({
      kind: 'quote',
      by: `${request.decidedByName}, ${moment(request.decidedAt)}`,
      text: request.decisionReason ?? '',
    });
  }
  if (request.error) blocks.push({ kind: 'text', text: request.error, tone: 'bad' });
  if (review) {
    const text = review.at
      ? `${review.by} found the emergency ${review.verdict}, ${moment(review.at)}: ${review.text}`
      : `The review of the emergency is due ${moment(review.dueAt)}.`;
    blocks.push({ kind: 'text', text, tone: review.at ? 'plain' : 'warn' });
  }
  return blocks;
}

function gatesOf(request: RequestDetail, { gates, on }: Evidence): Block[] {
  const rows = gates.map((gate) => [
    gate.passed ? 'passed' : gate.blocking ? 'NOT PASSED' : 'not passed (advisory)',
    `${gate.title}\n${gate.sentence}${request.accepted[gate.id] ? `\nPassed with a reason: ${request.accepted[gate.id]}` : ''}`,
    figure(gate.figure),
    range(gate.lower, gate.upper),
  ]);
  return [
    { kind: 'heading', level: 2, text: 'Gates' },
    { kind: 'text', text: `Judged on ${on.rows} rows of ${on.dataset} v${on.number}, part ${on.split}.`, tone: 'quiet' },
    { kind: 'table', heads: ['', 'gate', 'figure', '95 % interval'], rows, figures: [2, 3], widths: [1.2, 4, 1, 1.6] },
  ];
}

function comparisonOf({ candidate, incumbent, comparison }: Evidence): Block[] {
  const rows = candidate.summary.perClass.map((one) => {
    const before = incumbent?.summary.perClass.find((other) => other.name === one.name);
    const difference = comparison?.perClass.find((other) => other.name === one.name)?.difference ?? null;
    return [
      `F1 of ${one.name}`,
      figure(before?.f1?.estimate),
      figure(one.f1?.estimate),
      difference ? `${figure(difference.estimate)} (${range(difference.lower, difference.upper)})` : '–',
    ];
  });
  const accuracy = comparison?.accuracy.difference ?? null;
  rows.unshift([
    'Accuracy',
    figure(incumbent?.summary.accuracy?.estimate),
    figure(candidate.summary.accuracy?.estimate),
    accuracy ? `${figure(accuracy.estimate)} (${range(accuracy.lower, accuracy.upper)})` : '–',
  ]);
  const heads = ['figure', incumbent ? `v${incumbent.number}` : 'nothing before', `v${candidate.number}`, 'difference (95 %)'];
  const blocks: Block[] = [
    { kind: 'heading', level: 2, text: incumbent ? `Against v${incumbent.number}` : 'Figures' },
    { kind: 'table', heads, rows, figures: [1, 2, 3], widths: [3, 1, 1, 2] },
  ];
  if (comparison) {
    const { onlyBaseline, onlyCandidate, p } = comparison.mcnemar;
    blocks.push({
      kind: 'text',
      text: `Of ${comparison.rows} rows, ${onlyCandidate} are right only now and ${onlyBaseline} were right only before (McNemar p = ${figure(p, 4)}).`,
      tone: 'quiet',
    });
  }
  return blocks;
}

function slicesOf({ candidate }: Evidence): Block[] {
  const { slices } = candidate.summary;
  if (slices.length === 0) return [];
  const rows = slices.map((slice) => [
    `${slice.column}: ${slice.value}`,
    String(slice.rows),
    figure(slice.accuracy.estimate),
    range(slice.accuracy.lower, slice.accuracy.upper),
  ]);
  return [
    { kind: 'heading', level: 2, text: 'Accuracy by slice' },
    { kind: 'table', heads: ['slice', 'rows', 'accuracy', '95 % interval'], rows, figures: [1, 2, 3], widths: [4, 1, 1, 2] },
  ];
}

function confusionOf({ candidate }: Evidence): Block[] {
  const rows = candidate.summary.perClass.map((one) => [
    one.name,
    String(one.support),
    figure(one.precision?.estimate),
    figure(one.recall?.estimate),
  ]);
  return [
    { kind: 'heading', level: 2, text: 'Right and wrong by class' },
    { kind: 'table', heads: ['class', 'rows', 'precision', 'recall'], rows, figures: [1, 2, 3], widths: [3, 1, 1, 1] },
  ];
}

function changesOf(evidence: Evidence | null, rows: Change[]): Block[] {
  if (!evidence?.changes) return [];
  const { total, better, worse } = evidence.changes;
  const said = (answer: Change['candidate']) =>
    `${answer.label} ${answer.confidence === null ? '' : answer.confidence.toFixed(2)}`.trim();
  return [
    { kind: 'heading', level: 2, text: 'What would change' },
    {
      kind: 'text',
      text: `${total} answers: ${better} right instead of wrong, ${worse} wrong instead of right.${total > rows.length ? ` The first ${rows.length} follow.` : ''}`,
    },
    {
      kind: 'table',
      heads: ['row', 'what it holds', 'is', 'before', 'after'],
      rows: rows.map((row) => [
        String(row.row),
        row.fields.map(({ name, value }) => `${name}: ${value}`).join('\n'),
        row.truth,
        said(row.incumbent),
        said(row.candidate),
      ]),
      figures: [0],
      widths: [0.7, 5, 1, 1.2, 1.2],
    },
  ];
}

function sectionOf(section: EvidenceSection): Block[] {
  const blocks: Block[] = [{ kind: 'heading', level: 2, text: `Suite: ${section.section}` }];
  if (section.problems.length > 0) blocks.push({ kind: 'list', items: section.problems, tone: 'warn' });
  if (section.facts.length > 0) {
    const rows = section.facts.map((fact) => [
      fact.path,
      figure(fact.estimate, 4),
      range(fact.lower, fact.upper, 4),
      fact.n === null ? '–' : String(fact.n),
      fact.unit ?? '',
    ]);
    blocks.push({
      kind: 'table',
      heads: ['figure', 'value', '95 % interval', 'of', 'unit'],
      rows,
      figures: [1, 2, 3],
      widths: [4, 1.2, 2, 1, 1],
    });
  }
  for (const table of section.tables) {
    const heads = [...new Set(table.rows.flatMap((row) => Object.keys(row)))].slice(0, 8);
    if (heads.length === 0) continue;
    const shown = table.rows.slice(0, SHOWN_TABLE_ROWS);
    blocks.push({
      kind: 'heading',
      level: 3,
      text: `${table.name}${table.rows.length > shown.length ? `, the first ${shown.length} of ${table.rows.length}` : ''}`,
    });
    blocks.push({ kind: 'table', heads, rows: shown.map((row) => heads.map((head) => cell(row[head]))) });
  }
  return blocks;
}

function trainingOf({ training, lineage }: RequestDetail): Block[] {
  const items = lineage.map((node) => ({ term: node.kind, value: `${node.name}${node.detail ? `, ${node.detail}` : ''}` }));
  const made = training
    ? [
        { term: 'Trained by', value: training.by ?? 'a program' },
        { term: 'Finished', value: moment(training.endedAt) },
        ...Object.entries(training.params).map(([term, value]) => ({ term, value })),
      ]
    : [];
  return [
    { kind: 'heading', level: 2, text: 'Where it comes from' },
    { kind: 'facts', items: [...items, ...made] },
  ];
}

function discussionOf(threads: ThreadView[]): Block[] {
  if (threads.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: 'Discussion' },
    ...threads.flatMap((thread): Block[] => [
      {
        kind: 'heading',
        level: 3,
        text: `${thread.about ?? 'About the request'}${thread.resolvedAt ? `, resolved by ${thread.resolvedByName}` : ''}`,
      },
      ...thread.comments.map((one): Block => ({ kind: 'quote', by: `${one.authorName}, ${moment(one.at)}`, text: one.body })),
    ]),
  ];
}

function historyOf({ soFar }: RequestDetail): Block[] {
  return [
    { kind: 'heading', level: 2, text: 'So far' },
    {
      kind: 'table',
      heads: ['when', 'what', 'why'],
      rows: soFar.map((event) => [moment(event.at), event.what, event.note ?? '']),
      widths: [1.4, 2, 3],
    },
  ];
}

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value);
}

function ordinal(n: number): string {
  return { 1: 'first', 2: 'second', 3: 'third' }[n] ?? `${n}th`;
}
