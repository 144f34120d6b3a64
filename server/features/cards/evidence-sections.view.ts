import type { CardSection, CardTable } from '#server/domain/card/card.schema.ts';
import type { EvidenceSection, FactTable, Fact as Figure, SectionName } from '#server/domain/evidence/section.schema.ts';
import type { CardFacts } from './card-facts.schema.ts';
import { dayOf, fact } from './general-sections.view.ts';

type Filled = Pick<CardSection, 'facts' | 'tables'>;
const SLICES = 20;
const LARGEST = 40;
const FIRST = ['name', 'kind', 'column', 'value', 'n', 'failed', 'accuracy', 'f1'];

/** What it learned from: its parts, labels and gaps. */
export function dataSection({ data, version }: CardFacts): Filled {
  if (!data)
    return {
      facts: fact('Data', version.dataset ? 'the dataset version is gone' : 'none is named: the file was uploaded'),
      tables: [],
    };
  const { profile } = data;
  const gaps = (profile?.columns ?? []).map((column) => [
    column.name,
    column.kind,
    column.missing.toLocaleString('en'),
    column.distinct.toLocaleString('en'),
  ]);
  const parts = (profile?.parts ?? []).map((part) => [
    part.name,
    part.rows.toLocaleString('en'),
    part.labels.map((label) => `${label.value} ${label.count.toLocaleString('en')}`).join(', '),
    part.from && part.to ? `${part.from.slice(0, 10)} to ${part.to.slice(0, 10)}` : '',
  ]);
  return {
    facts: [
      ...fact('Learned from', `${data.dataset} v${data.number}`),
      ...fact('Rows', data.rowCount?.toLocaleString('en')),
      ...fact('Kept out as faulty', data.quarantinedCount?.toLocaleString('en')),
      ...fact('Hash of its content', data.contentHash),
      ...fact('Made', `${dayOf(data.createdAt)}${data.createdBy ? ` by ${data.createdBy}` : ''}`),
      ...fact('Note', data.note),
      ...fact(
        'Labels come from',
        profile?.labelSources.map((one) => `${one.value} (${one.count.toLocaleString('en')})`).join(', '),
      ),
      ...fact('Where it came from', data.lineage.map((link) => link.name).join(', ')),
      ...(profile?.made.notes ?? []).map((note) => ({ term: 'What the build did', value: note })),
    ],
    tables: [
      ...(parts.length > 0 ? [{ title: 'Parts', heads: ['Part', 'Rows', 'Labels', 'From when'], rows: parts }] : []),
      ...(gaps.length > 0 ? [{ title: 'Columns', heads: ['Column', 'Kind', 'Missing', 'Distinct'], rows: gaps }] : []),
    ],
  };
}

export function performanceSection({ suite, version }: CardFacts): Filled {
  const metrics = version.metrics;
  const facts = suite
    ? [...fact('Judged on', suite.gold), ...fact('When', suite.at && dayOf(suite.at))]
    : metrics
      ? [
          ...fact('Judged on', `part ${metrics.split}, ${metrics.rows.toLocaleString('en')} rows`),
          ...fact('Accuracy', metrics.accuracy?.toFixed(3)),
          ...fact('F1', metrics.f1?.toFixed(3)),
        ]
      : [];
  const compared = pick(suite?.sections, 'comparison');
  const own = pick(suite?.sections, 'performance');
  return {
    facts,
    tables: [
      ...figureTable('Figures', own),
      ...figureTable('Against the version that was in the stage', compared),
      ...(own?.tables ?? []).filter((table) => table.name === 'slices').flatMap(sliceTable),
    ],
  };
}

export function fairnessSection({ suite }: CardFacts): Filled {
  const section = pick(suite?.sections, 'fairness');
  return {
    facts: [],
    tables: [
      ...figureTable('Differences between groups', section),
      ...(section?.tables ?? []).filter((table) => table.name === 'groups').flatMap((table) => rowsTable('Groups', table)),
    ],
  };
}

export function behaviourSection({ suite }: CardFacts): Filled {
  const [behaviour, robustness] = [pick(suite?.sections, 'behaviour'), pick(suite?.sections, 'robustness')];
  return {
    facts: [],
    tables: [
      ...(behaviour?.tables ?? [])
        .filter((table) => table.name === 'behaviour')
        .flatMap((table) => rowsTable('Behavioural tests', table)),
      ...figureTable('Behaviour', behaviour),
      ...figureTable('Robustness', robustness),
    ],
  };
}

export function operationSection({ suite, version }: CardFacts): Filled {
  return {
    facts: fact('Size', `${version.sizeBytes.toLocaleString('en')} bytes`),
    tables: figureTable('Measured', pick(suite?.sections, 'operation')),
  };
}

function pick(sections: readonly EvidenceSection[] | undefined, name: SectionName): EvidenceSection | undefined {
  return sections?.find((section) => section.section === name);
}

function figureTable(title: string, section: EvidenceSection | undefined): CardTable[] {
  const figures = (section?.facts ?? []).slice(0, LARGEST);
  if (figures.length === 0) return [];
  return [
    {
      title,
      heads: ['Figure', 'Estimate', '95 % interval', 'n'],
      rows: figures.map((one) => [one.path, numberOf(one.estimate, one), intervalOf(one), one.n?.toLocaleString('en') ?? '']),
    },
  ];
}

function numberOf(value: number | null, figure: Pick<Figure, 'unit'>): string {
  if (value === null) return '–';
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 1 : 3;
  const unit = figure.unit === 'ms' || figure.unit === 'bytes' ? ` ${figure.unit}` : '';
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}${unit}`;
}

function intervalOf(figure: Figure): string {
  return figure.lower === null || figure.upper === null
    ? ''
    : `${numberOf(figure.lower, figure)} to ${numberOf(figure.upper, figure)}`;
}

/** The slices in which it does worst come first. */
function sliceTable(table: FactTable): CardTable[] {
  const accuracy = (row: FactTable['rows'][number]) => (typeof row.accuracy === 'number' ? row.accuracy : 1);
  return rowsTable('Slices, the worst first', {
    ...table,
    rows: [...table.rows].sort((a, b) => accuracy(a) - accuracy(b)).slice(0, SLICES),
  });
}

function rowsTable(title: string, table: FactTable): CardTable[] {
  // What was kept as JSON comes back in another order: what names a row stands first, then how many, then the figures.
  const rank = (head: string) => (FIRST.indexOf(head) < 0 ? FIRST.length : FIRST.indexOf(head));
  const heads = [...new Set(table.rows.flatMap((row) => Object.keys(row)))].sort((a, b) => rank(a) - rank(b));
  if (heads.length === 0) return [];
  return [{ title, heads, rows: table.rows.slice(0, LARGEST).map((row) => heads.map((head) => cellOf(row[head]))) }];
}

function cellOf(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'number' ? numberOf(value, { unit: null }) : value;
}
