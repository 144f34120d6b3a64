'use client';
import { NumberInput, Stack } from '@mantine/core';
import type { GateSettings } from '#server/domain/gates.schema.ts';

/** What a version must show before it moves up. Shares from 0 to 1. */
export function GateFields({ gates, onChange }: { gates: GateSettings; onChange: (gates: GateSettings) => void }) {
  const figure = (value: string | number) => (typeof value === 'number' ? value : 0);
  const share = { min: 0, max: 1, step: 0.01, decimalScale: 3 } as const;
  return (
    <Stack gap={12}>
      <NumberInput
        label="F1 at least"
        {...share}
        value={gates.f1.minimum}
        onChange={(value) => onChange({ ...gates, f1: { ...gates.f1, minimum: figure(value) } })}
      />
      <NumberInput
        label="Accuracy in every slice at least"
        {...share}
        value={gates.slices.minimum}
        onChange={(value) => onChange({ ...gates, slices: { ...gates.slices, minimum: figure(value) } })}
      />
      <NumberInput
        label="Slices count from this many rows"
        min={1}
        decimalScale={0}
        value={gates.slices.minRows}
        onChange={(value) => onChange({ ...gates, slices: { ...gates.slices, minRows: Math.max(1, figure(value)) } })}
      />
      <NumberInput
        label="At most this much worse than what is there"
        description="The lower end of the paired 95 % interval must lie above it."
        {...share}
        value={gates.incumbent.margin}
        onChange={(value) => onChange({ ...gates, incumbent: { margin: figure(value) } })}
      />
    </Stack>
  );
}
