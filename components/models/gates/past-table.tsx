'use client';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Shape } from '#components/ui/shape.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import type { GateResult, GateRule } from '#server/domain/gates.schema.ts';
import { figureWords } from '#server/domain/query/words.ts';
import s from './gates.module.css';
import type { Tried } from './try-gates.ts';

/** Past versions against gates: passed, not passed, or not to be judged, each with its figure. */
export function PastTable({ model, rules, tried }: { model: string; rules: readonly GateRule[]; tried: readonly Tried[] }) {
  const project = useProject();
  const columns = useMemo(() => columnsFor(rules), [rules]);
  return (
    <DataTable
      label="Past versions under these gates"
      rowHeight={36}
      columns={columns}
      rows={tried}
      rowKey={(row) => row.past.versionId}
      href={(row) => `/${project.name}/models/${model}/${row.past.number}`}
      empty={<EmptyState compact title="No version yet" explanation="Gates can be tried as soon as a version is registered." />}
    />
  );
}

function columnsFor(rules: readonly GateRule[]): Column<Tried>[] {
  return [
    { id: 'version', head: 'Version', cell: ({ past }) => `v${past.number}`, width: 80 },
    { id: 'stage', head: 'Stage', cell: ({ past }) => <StagePips stage={past.stage} />, width: 128, hideBelow: 1280 },
    {
      id: 'all',
      head: 'All',
      width: 88,
      cell: ({ passes }) =>
        passes === null ? (
          <span className="ink-3">–</span>
        ) : (
          <Verdict passed={passes} judged word={passes ? 'passes' : 'blocked'} />
        ),
    },
    ...rules.map(
      (rule): Column<Tried> => ({
        id: `gate ${rule.id}`,
        head: rule.name,
        title: rule.expression,
        cell: ({ past, results }) => {
          const result = results.get(rule.id);
          if (!result || past.facts.length === 0) return <span className="ink-3">–</span>;
          return <Verdict passed={result.passed} judged={result.judged} word={wordOf(result)} title={result.sentence} />;
        },
      }),
    ),
    {
      id: 'source',
      head: 'Judged by',
      cell: ({ past }) => <span className="ink-2 truncate">{past.source}</span>,
      hideBelow: 1440,
    },
  ];
}

function Verdict({ passed, judged, word, title }: { passed: boolean; judged: boolean; word: string; title?: string }) {
  const tone = passed ? 'good' : judged ? 'bad' : 'warn';
  const said = passed ? 'passed' : judged ? 'not passed' : 'can’t be judged';
  return (
    <span className={`${s.cell} num`} title={title}>
      <span className={tone}>
        <Shape name={passed ? 'check' : judged ? 'cross' : 'triangle'} />
      </span>
      <span className="sr-only">{said}, </span>
      {word}
    </span>
  );
}

function wordOf(result: GateResult): string {
  if (!result.judged) return result.missing.length > 0 ? `no ${result.missing[0]}` : 'unreadable';
  return result.figure === null ? '' : figureWords(result.figure);
}
