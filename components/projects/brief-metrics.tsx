'use client';
import { ActionIcon, Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { HeldMetric, ProjectBrief } from '#server/domain/brief.schema.ts';
import s from './settings.module.css';

/** The metric that comparisons begin with, and those that may not fall. */
export function MetricFields({ brief, onChange }: { brief: ProjectBrief; onChange: (part: Partial<ProjectBrief>) => void }) {
  const { heldMetrics } = brief;
  const put = (at: number, part: Partial<HeldMetric>) =>
    onChange({ heldMetrics: heldMetrics.map((held, i) => (i === at ? { ...held, ...part } : held)) });
  return (
    <fieldset className={s.plain}>
      <legend className={s.legend}>Metrics</legend>
      <div className={s.pair}>
        <TextInput
          label="First metric"
          description="Comparisons begin with it, such as f1.spam, accuracy or mae."
          classNames={{ input: 'mono' }}
          value={brief.firstMetric ?? ''}
          onChange={(event) => onChange({ firstMetric: event.currentTarget.value || null })}
        />
        <Checkbox
          mt={44}
          label="Lower is better"
          checked={brief.firstMetricFalls}
          onChange={(event) => onChange({ firstMetricFalls: event.currentTarget.checked })}
        />
      </div>
      {heldMetrics.map((held, at) => (
        <div key={at} className={s.held}>
          <TextInput
            label={at === 0 ? 'May not fall' : undefined}
            aria-label={at === 0 ? undefined : `Metric ${at + 1} that may not fall`}
            classNames={{ input: 'mono' }}
            value={held.metric}
            onChange={(event) => put(at, { metric: event.currentTarget.value })}
          />
          <NumberInput
            label={at === 0 ? 'by more than' : undefined}
            aria-label={at === 0 ? undefined : `By more than, metric ${at + 1}`}
            min={0}
            step={0.01}
            value={held.tolerance}
            onChange={(value) => put(at, { tolerance: typeof value === 'number' ? value : 0 })}
          />
          <ActionIcon
            variant="subtle"
            aria-label={`Take metric ${at + 1} out`}
            onClick={() => onChange({ heldMetrics: heldMetrics.filter((_, i) => i !== at) })}
          >
            <IconTrash size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
        onClick={() => onChange({ heldMetrics: [...heldMetrics, { metric: '', tolerance: 0 }] })}
      >
        Add a metric that may not fall
      </Button>
    </fieldset>
  );
}
