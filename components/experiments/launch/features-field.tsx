import { Checkbox, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Feature } from '#server/features/training/training.schema.ts';
import s from '../experiments.module.css';

const HOW: Record<Feature['kind'], string> = {
  text: 'words as TF-IDF',
  category: 'one column a value',
  number: 'missing ones filled in, scaled',
};

/** The columns to learn from, each with the kind as which it is taken; a text may be taken as a category, and the other way. */
export function FeaturesField({
  options,
  value,
  error,
  onChange,
}: {
  options: readonly Feature[];
  value: readonly Feature[];
  error: ReactNode;
  onChange: (features: Feature[]) => void;
}) {
  const kindOf = (option: Feature) => value.find((one) => one.name === option.name)?.kind;
  const change = (option: Feature, kind: Feature['kind'] | undefined) =>
    onChange(
      options.flatMap((one) => {
        const now = one.name === option.name ? kind : kindOf(one);
        return now ? [{ name: one.name, kind: now }] : [];
      }),
    );
  return (
    <fieldset className={s.fieldset}>
      <legend className={s.legend}>Learn from</legend>
      {options.map((option) => {
        const kind = kindOf(option);
        return (
          <div key={option.name} className={s.feature}>
            <Checkbox
              label={option.name}
              checked={kind !== undefined}
              onChange={(event) => change(option, event.currentTarget.checked ? option.kind : undefined)}
            />
            {option.kind === 'number' ? (
              <span className="ink-2">number</span>
            ) : (
              <Select
                size="xs"
                aria-label={`${option.name} is taken as`}
                data={['text', 'category']}
                allowDeselect={false}
                disabled={kind === undefined}
                value={kind ?? option.kind}
                onChange={(next) => change(option, next === 'category' ? 'category' : 'text')}
              />
            )}
            <span className="caption">{kind && HOW[kind]}</span>
          </div>
        );
      })}
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
