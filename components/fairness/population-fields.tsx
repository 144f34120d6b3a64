import { Button, NumberInput } from '@mantine/core';
import { formatPercent } from '#components/ui/format.ts';
import s from './fairness.module.css';

export type Population = { value: string; share: number }[];

/** How the groups are in the population that the model is for: a share for each value, to be stated by a person. */
export function PopulationFields({
  values,
  population,
  onChange,
}: {
  values: readonly { value: string; share: number }[];
  population: Population | null;
  onChange: (population: Population | null) => void;
}) {
  if (population === null) {
    const known = values.filter((one) => one.value !== 'missing' && one.value !== 'other values');
    if (known.length < 2) return null;
    return (
      <div>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => onChange(known.map(({ value, share }) => ({ value, share: Math.round(share * 1000) / 1000 })))}
        >
          State the population…
        </Button>
      </div>
    );
  }
  const total = population.reduce((sum, one) => sum + one.share, 0);
  return (
    <fieldset>
      <legend className="caption">
        Share in the population{' '}
        <span className={Math.abs(total - 1) < 0.005 ? 'ink-3' : 'warn'}>sum {formatPercent(total, 1)}</span>
      </legend>
      <div className={s.share}>
        {population.map(({ value, share }, i) => [
          <span key={`${value} name`} className="truncate" title={value}>
            {value}
          </span>,
          <NumberInput
            key={value}
            size="xs"
            aria-label={`Share of ${value}, percent`}
            suffix=" %"
            min={0}
            max={100}
            decimalScale={1}
            value={Math.round(share * 1000) / 10}
            onChange={(next) => onChange(population.map((one, at) => (at === i ? { ...one, share: Number(next) / 100 } : one)))}
          />,
        ])}
      </div>
      <Button size="xs" variant="subtle" onClick={() => onChange(null)}>
        State none
      </Button>
    </fieldset>
  );
}
