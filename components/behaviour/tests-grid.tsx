'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { TestResult, TestText } from '#server/domain/behaviour/test.schema.ts';
import { readCsvRecords } from '#server/domain/data/csv-dialect.ts';
import s from './behaviour.module.css';
import type { Draft } from './draft.ts';
import { gridColumns } from './draft.ts';
import { TestRow } from './test-row.tsx';

export type GridProps = {
  drafts: readonly Draft[];
  fields: readonly { name: string; kind: 'text' | 'number' | 'category' }[];
  /** The fields that have a column; the others stand beside the grid. */
  shown: readonly string[];
  classes: readonly string[] | null;
  mayWrite: boolean;
  current: string | null;
  resultOf: (draft: Draft) => TestResult | null;
  onCurrent: (key: string) => void;
  onWrite: (key: string, text: TestText) => void;
  onPaste: (key: string, column: string, records: string[][]) => void;
  onAdd: (after: Draft | undefined) => string;
  onRemove: (draft: Draft) => void;
};

const ROW = 32;
const MOST_PASTED = 5000;

/** Rows of tests to type in: Enter goes down and adds a row at the end, arrows move, a block from a spreadsheet can be pasted. */
export function TestsGrid(props: GridProps) {
  const { drafts, shown } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: drafts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 16,
  });
  const columns = gridColumns(shown);
  const focus = (row: number, column: string, key?: string) => {
    virtual.scrollToIndex(row);
    const name = key ?? drafts[row]?.key;
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-row="${name}"] [data-column="${CSS.escape(column)}"]`)?.focus(),
      ),
    );
  };
  const onKeyDown = (event: React.KeyboardEvent, row: number, column: string) => {
    const inSelect = event.target instanceof HTMLSelectElement;
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (event.shiftKey) return focus(Math.max(0, row - 1), column);
      if (row < drafts.length - 1) return focus(row + 1, column);
      if (props.mayWrite) focus(drafts.length, column === 'kind' ? column : (columns[2] ?? column), props.onAdd(drafts[row]));
    } else if (event.key === 'ArrowDown' && !inSelect && row < drafts.length - 1) {
      event.preventDefault();
      focus(row + 1, column);
    } else if (event.key === 'ArrowUp' && !inSelect && row > 0) {
      event.preventDefault();
      focus(row - 1, column);
    }
  };
  const onPaste = (event: React.ClipboardEvent, draft: Draft, column: string) => {
    const text = event.clipboardData.getData('text/plain');
    if (!props.mayWrite || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return;
    event.preventDefault();
    props.onPaste(draft.key, column, readCsvRecords(text, '\t', MOST_PASTED));
  };
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  return (
    <div ref={scroller} className={s.scroller}>
      <table className={s.grid} aria-label="Tests" aria-rowcount={drafts.length}>
        <colgroup>
          <col style={{ width: 40 }} />
          <col style={{ width: 88 }} />
          <col style={{ width: 104 }} />
          {shown.map((name) => (
            <col
              key={name}
              style={{ width: props.fields.find((field) => field.name === name)?.kind === 'text' ? undefined : 112 }}
            />
          ))}
          <col style={{ width: '16%' }} />
          <col style={{ width: 108 }} />
          <col style={{ width: 116 }} />
          <col style={{ width: 56 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Result</span>
            </th>
            <th scope="col">Kind</th>
            <th scope="col">Capability</th>
            {shown.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">Changes</th>
            <th scope="col">Expected</th>
            <th scope="col">Says</th>
            <th scope="col" title="A failure blocks a promotion">
              Blocks
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} span={columns.length + 3} />}
          {items.map(({ index }) => {
            const draft = drafts[index];
            return draft ? (
              <TestRow
                key={draft.key}
                draft={draft}
                index={index}
                grid={props}
                result={props.resultOf(draft)}
                onKeyDown={(event, column) => onKeyDown(event, index, column)}
                onPaste={(event, column) => onPaste(event, draft, column)}
              />
            ) : null;
          })}
          {after > 0 && <Gap height={after} span={columns.length + 3} />}
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  return (
    <tr>
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
