import { Button, MultiSelect, NumberInput, Select, Stack, Textarea } from '@mantine/core';
import { CLASS_DEFINITIONS, DEFINITION_WORDS, type Definition, NUMBER_DEFINITIONS } from '#server/domain/fairness/definitions.ts';
import type { FairnessRule } from '#server/domain/fairness/policy.schema.ts';
import type { GetFairnessOutput } from '#server/features/fairness/fairness.schema.ts';
import s from './fairness.module.css';
import { PopulationFields } from './population-fields.tsx';

const CHOICES = [
  {
    group: 'Models that answer with a class',
    items: CLASS_DEFINITIONS.map((value) => ({ value, label: DEFINITION_WORDS[value].title })),
  },
  {
    group: 'Models that answer with a number',
    items: NUMBER_DEFINITIONS.map((value) => ({ value, label: DEFINITION_WORDS[value].title })),
  },
];

/** One rule: by what, in which meaning, up to which limit, why. */
export function RuleFields({
  rule,
  columns,
  onChange,
  onRemove,
}: {
  rule: FairnessRule;
  columns: GetFairnessOutput['columns'];
  onChange: (rule: FairnessRule) => void;
  onRemove: () => void;
}) {
  const words = DEFINITION_WORDS[rule.definition];
  const names = [...new Set([...columns.map((column) => column.name), ...rule.columns])];
  const known = rule.columns.length === 1 ? columns.find((column) => column.name === rule.columns[0]) : undefined;
  return (
    <Stack gap={8} className={s.ruleFields ?? ''}>
      <MultiSelect
        label="Column, or two crossed"
        maxValues={2}
        data={names}
        value={rule.columns}
        onChange={(value) => onChange({ ...rule, columns: value, population: null })}
      />
      <Select
        label="What fair means"
        description={words.asks}
        allowDeselect={false}
        data={CHOICES}
        value={rule.definition}
        onChange={(value) => {
          const definition = (value ?? rule.definition) as Definition;
          onChange({ ...rule, definition, limit: DEFINITION_WORDS[definition].limit ?? rule.limit });
        }}
      />
      <NumberInput
        label={words.better === 'low' ? 'Limit: at most' : 'Limit: at least'}
        min={0}
        step={0.01}
        decimalScale={4}
        value={rule.limit}
        onChange={(value) => onChange({ ...rule, limit: Number(value) })}
      />
      <Textarea
        label="Why this meaning and this limit"
        required
        autosize
        minRows={1}
        value={rule.reason}
        onChange={(event) => onChange({ ...rule, reason: event.currentTarget.value })}
      />
      <PopulationFields
        values={known?.groups ?? []}
        population={rule.population}
        onChange={(population) => onChange({ ...rule, population })}
      />
      <div>
        <Button size="xs" variant="subtle" onClick={onRemove}>
          Remove this rule
        </Button>
      </div>
    </Stack>
  );
}
