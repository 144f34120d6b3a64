'use client';
import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { QueryField } from '#components/ui/query-field.tsx';
import type { GateRule } from '#server/domain/gates.schema.ts';
import { completions, type Vocabulary } from '#server/domain/query/completion.ts';
import { parseExpression } from '#server/domain/query/expression.ts';
import { highlight } from '#server/domain/query/highlight.ts';
import s from './gates.module.css';

const EVERY = 'every stage';

/** One gate: its name, the stage that it guards, whether it blocks, and its condition with the error where it stands. */
export function GateLine({
  rule,
  vocabulary,
  onChange,
  onRemove,
}: {
  rule: GateRule;
  vocabulary: Vocabulary;
  onChange: (rule: GateRule) => void;
  onRemove: () => void;
}) {
  const { stages } = useProject();
  const guarded = stages.filter((stage) => stage.role === 'gate' || stage.role === 'serving');
  const parsed = useMemo(() => parseExpression(rule.expression), [rule.expression]);
  const error = parsed.ok ? null : (parsed.errors[0] ?? null);
  return (
    <li className={s.line}>
      <div className={s.about}>
        <TextInput
          size="xs"
          aria-label={`Name of gate ${rule.id}`}
          value={rule.name}
          maxLength={80}
          onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        />
        <Select
          size="xs"
          aria-label={`Stage that ${rule.name} guards`}
          allowDeselect={false}
          data={[{ value: EVERY, label: 'Every stage' }, ...guarded.map(({ name, title }) => ({ value: name, label: title }))]}
          value={rule.stage ?? EVERY}
          onChange={(stage) => onChange({ ...rule, stage: stage === EVERY ? null : stage })}
        />
        <Select
          size="xs"
          aria-label={`Whether ${rule.name} blocks`}
          allowDeselect={false}
          data={[
            { value: 'blocking', label: 'Blocks' },
            { value: 'advisory', label: 'Advises' },
          ]}
          value={rule.blocking ? 'blocking' : 'advisory'}
          onChange={(value) => onChange({ ...rule, blocking: value === 'blocking' })}
        />
        <ActionIcon variant="subtle" aria-label={`Remove ${rule.name}`} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <QueryField
        rule
        label={`Condition of ${rule.name}`}
        placeholder="accuracy >= 0.9"
        value={rule.expression}
        onChange={(expression) => onChange({ ...rule, expression })}
        tokens={highlight}
        error={error}
        complete={(text, cursor) => completions(text, cursor, vocabulary)}
      />
    </li>
  );
}
