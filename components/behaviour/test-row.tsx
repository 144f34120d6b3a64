'use client';
import { memo } from 'react';
import { cx } from '#components/ui/cx.ts';
import { Shape } from '#components/ui/shape.tsx';
import type { TestResult } from '#server/domain/behaviour/test.schema.ts';
import s from './behaviour.module.css';
import { cellOf, type Draft, isChanged, withCell } from './draft.ts';
import type { GridProps } from './tests-grid.tsx';
import { STATUS_WORDS } from './words.ts';

type Props = {
  draft: Draft;
  index: number;
  grid: GridProps;
  result: TestResult | null;
  onKeyDown: (event: React.KeyboardEvent, column: string) => void;
  onPaste: (event: React.ClipboardEvent, column: string) => void;
};

/** One test: every cell an input, its result before it. */
export const TestRow = memo(function TestRow({ draft, index, grid, result, onKeyDown, onPaste }: Props) {
  const { text } = draft;
  const write = (column: string, value: string) => grid.onWrite(draft.key, withCell(text, column, value, grid.fields));
  const cell = (
    column: string,
    label: string,
    o: { placeholder?: string; list?: string; disabled?: boolean; mono?: boolean } = {},
  ) => (
    <td>
      <input
        className={cx(s.cell, o.mono && 'mono')}
        data-column={column}
        aria-label={`${label}, row ${index + 1}`}
        value={cellOf(text, column)}
        placeholder={o.placeholder}
        list={o.list}
        readOnly={!grid.mayWrite}
        disabled={o.disabled}
        title={cellOf(text, column).length > 24 ? cellOf(text, column).slice(0, 500) : undefined}
        onChange={(event) => write(column, event.currentTarget.value)}
        onKeyDown={(event) => onKeyDown(event, column)}
        onPaste={(event) => onPaste(event, column)}
      />
    </td>
  );
  const changing = text.kind === 'invariance' || text.kind === 'directional';
  return (
    <tr
      data-row={draft.key}
      className={cx(s.row, grid.current === draft.key && s.current, !text.enabled && s.off, isChanged(draft) && s.unsaved)}
      onFocus={() => grid.onCurrent(draft.key)}
    >
      <td className={s.mark}>
        <button
          type="button"
          className={s.markButton}
          aria-label={`Row ${index + 1}: ${result ? STATUS_WORDS[result.status] : 'not asked yet'}`}
          title={result?.sentence}
          onClick={() => grid.onCurrent(draft.key)}
        >
          <Mark result={result} />
        </button>
      </td>
      <td>
        {text.kind === 'regression' ? (
          <span className={s.fixed}>regression</span>
        ) : (
          <select
            className={s.cell}
            data-column="kind"
            aria-label={`Kind, row ${index + 1}`}
            value={text.kind}
            disabled={!grid.mayWrite}
            onChange={(event) => write('kind', event.currentTarget.value)}
            onKeyDown={(event) => onKeyDown(event, 'kind')}
          >
            <option value="minimum">minimum</option>
            <option value="invariance">invariance</option>
            <option value="directional">directional</option>
          </select>
        )}
      </td>
      {cell('capability', 'Capability', { list: 'behaviour-capabilities' })}
      {grid.shown.map((name) => (
        <FieldCell key={name}>{cell(`input.${name}`, name)}</FieldCell>
      ))}
      {cell('changes', 'Changes', {
        mono: true,
        disabled: !changing,
        placeholder: text.kind === 'invariance' ? 'typos 5%; upper' : text.kind === 'directional' ? 'append "…"' : '',
      })}
      {cell('expect', 'Expected', { mono: true, list: 'behaviour-classes', placeholder: placeholderOf(text.kind, grid.classes) })}
      <Said result={result} />
      <td className={s.box}>
        <input
          type="checkbox"
          aria-label={`Blocks a promotion, row ${index + 1}`}
          checked={text.severity === 'blocking'}
          disabled={!grid.mayWrite}
          onChange={(event) =>
            grid.onWrite(draft.key, { ...text, severity: event.currentTarget.checked ? 'blocking' : 'advisory' })
          }
        />
      </td>
    </tr>
  );
});

function FieldCell({ children }: { children: React.ReactElement }) {
  return children;
}

function Mark({ result }: { result: TestResult | null }) {
  if (!result) return <Shape name="dotted" size={14} />;
  if (result.status === 'passed')
    return (
      <span className="good">
        <Shape name="check" size={14} />
      </span>
    );
  if (result.status === 'invalid')
    return (
      <span className="warn">
        <Shape name="triangle" size={14} />
      </span>
    );
  return (
    <span className="bad">
      <Shape name="cross" size={14} />
    </span>
  );
}

/** The answer to the input as it stands, with how sure it is; how many changes broke the expectation where it has some. */
function Said({ result }: { result: TestResult | null }) {
  const base = result?.base;
  if (!base) return <td className={s.said}>–</td>;
  return (
    <td className={s.said} title={result.sentence}>
      {base.label ?? ''} <span className="num ink-2">{(base.confidence ?? base.score)?.toFixed(2) ?? ''}</span>
      {result.variants > 1 && (
        <span className={cx('num', result.failedVariants > 0 ? 'bad' : 'ink-3')}>
          {' '}
          {result.variants - result.failedVariants}/{result.variants}
        </span>
      )}
    </td>
  );
}

function placeholderOf(kind: string, classes: readonly string[] | null): string {
  const name = classes?.at(-1);
  if (kind === 'invariance') return 'same';
  if (kind === 'directional') return name ? `${name} up 0.1` : 'up 1';
  return name ?? '10..14';
}
