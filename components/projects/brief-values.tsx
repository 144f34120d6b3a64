'use client';
import { Button, NumberInput, SegmentedControl, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ValueMatrix } from '#server/domain/brief.schema.ts';
import s from './settings.module.css';

/** What each pair of true class and answer costs or is worth. Pairs that are left empty count nothing. */
export function ValueFields({
  values,
  onChange,
}: {
  values: ValueMatrix | null;
  onChange: (values: ValueMatrix | null) => void;
}) {
  const [classes, setClasses] = useState(() => [
    ...new Set((values?.cells ?? []).flatMap((cell) => [cell.actual, cell.answered])),
  ]);
  const [open, setOpen] = useState(values !== null);
  const frame = values ?? { kind: 'cost' as const, unit: '', cells: [] };
  const keep = (part: Partial<ValueMatrix>) => {
    const next = { ...frame, ...part };
    onChange(next.cells.length === 0 ? null : next);
  };
  const put = (actual: string, answered: string, value: string | number) => {
    const others = frame.cells.filter((cell) => cell.actual !== actual || cell.answered !== answered);
    keep({ cells: typeof value === 'number' ? [...others, { actual, answered, value }] : others });
  };
  const choose = (next: string[]) => {
    setClasses(next);
    keep({ cells: frame.cells.filter((cell) => next.includes(cell.actual) && next.includes(cell.answered)) });
  };
  if (!open) {
    return (
      <fieldset className={s.plain}>
        <legend className={s.legend}>What answers are worth</legend>
        <p className="caption">Every mistake counts the same. A matrix says which cost more.</p>
        <Button size="xs" onClick={() => setOpen(true)}>
          Add a matrix of costs or values
        </Button>
      </fieldset>
    );
  }
  return (
    <fieldset className={s.plain}>
      <legend className={s.legend}>What answers are worth</legend>
      <div className={s.pair}>
        <TagsInput
          label="Classes"
          description="Enter after each name, as the labels spell it."
          value={classes}
          onChange={choose}
          maxTags={50}
        />
        <TextInput
          label="Unit"
          placeholder="€"
          maxLength={20}
          value={frame.unit}
          onChange={(event) => keep({ unit: event.currentTarget.value })}
        />
      </div>
      <SegmentedControl
        aria-label="How the figures are read"
        data={[
          { value: 'cost', label: 'Costs: lower is better' },
          { value: 'value', label: 'Values: higher is better' },
        ]}
        value={frame.kind}
        onChange={(kind) => keep({ kind: kind as ValueMatrix['kind'] })}
      />
      {classes.length > 0 && (
        <table className={s.matrix}>
          <caption className="caption">Rows are the true class, columns the answer.</caption>
          <thead>
            <tr>
              <th scope="col">truly</th>
              {classes.map((name) => (
                <th key={name} scope="col">
                  answered {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((actual) => (
              <tr key={actual}>
                <th scope="row">{actual}</th>
                {classes.map((answered) => (
                  <td key={answered}>
                    <NumberInput
                      size="xs"
                      hideControls
                      aria-label={`Truly ${actual}, answered ${answered}`}
                      value={frame.cells.find((cell) => cell.actual === actual && cell.answered === answered)?.value ?? ''}
                      onChange={(value) => put(actual, answered, value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </fieldset>
  );
}
