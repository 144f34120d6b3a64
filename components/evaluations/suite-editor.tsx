'use client';
import { Button, Group, MultiSelect, NumberInput, Select, Stack, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { metricName } from '#server/domain/metrics/paths.ts';
import type { Suite } from '#server/features/evaluations/evaluations.schema.ts';
import type { SuiteSettings, SuiteTask } from '#server/features/evaluations/suite.schema.ts';
import s from './evaluations.module.css';
import { SECTION_NAMES } from './suite-words.ts';

const BY_ITSELF = '';
const TASKS: { value: SuiteTask; label: string }[] = [
  { value: 'classification', label: 'one class a row' },
  { value: 'multilabel', label: 'several labels a row' },
  { value: 'regression', label: 'a number a row' },
  { value: 'ranking', label: 'an order within each query' },
];

/** All settings of a suite: gold rows, target, slices, what is tested, draws, and which sections run. */
export function SuiteEditor({ suite, onDone }: { suite: Suite; onDone: () => void }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const [settings, setSettings] = useState<SuiteSettings>(suite.settings);
  const set = (change: Partial<SuiteSettings>) => setSettings((now) => ({ ...now, ...change }));
  const save = useMutation(
    trpc.evaluations.saveSuite.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.evaluations.pathFilter());
        onDone();
      },
    }),
  );
  const task = settings.task ?? suite.task;
  const columns = suite.columns.map(({ name }) => name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ project, model: suite.model.name, expectedVersion: suite.version, settings });
      }}
    >
      <Stack gap={12}>
        <GoldFields suite={suite} settings={settings} set={set} />
        <Select
          label="The model answers with"
          value={settings.task ?? BY_ITSELF}
          onChange={(value) => set({ task: TASKS.find((one) => one.value === value)?.value ?? null })}
          allowDeselect={false}
          data={[{ value: BY_ITSELF, label: 'as its signature says' }, ...TASKS]}
        />
        <Select
          label="What is true stands in"
          placeholder="the label column"
          clearable
          value={settings.target}
          onChange={(target) => set({ target })}
          data={columns}
        />
        {task === 'ranking' && (
          <Select
            label="Rows of one query share"
            withAsterisk
            value={settings.query}
            onChange={(query) => set({ query })}
            data={columns}
            clearable
          />
        )}
        {task === 'multilabel' && (
          <NumberInput
            label="A label is said from this probability on"
            min={0}
            max={1}
            step={0.05}
            decimalScale={3}
            value={settings.threshold}
            onChange={(value) => set({ threshold: Number(value) })}
          />
        )}
        <MultiSelect
          label="Slices by"
          placeholder={settings.slices === null ? 'every column that can be cut by' : undefined}
          clearable
          value={settings.slices ?? []}
          onChange={(slices) => set({ slices: slices.length === 0 ? null : slices })}
          data={columns}
        />
        <NumberInput
          label="Smallest slice, rows"
          min={1}
          max={10_000}
          value={settings.minSliceRows}
          onChange={(value) => set({ minSliceRows: Number(value) || 1 })}
        />
        <MultiSelect
          label="Figures tested against the version that serves"
          description="Their p-values are corrected together (Holm): the fewer, the sooner a difference shows."
          placeholder={settings.metrics === null ? 'the brief’s figures and the usual ones' : undefined}
          clearable
          searchable
          value={settings.metrics ?? []}
          onChange={(metrics) => set({ metrics: metrics.length === 0 ? null : metrics })}
          data={suite.paths.map((path) => ({ value: path, label: metricName(path) }))}
        />
        <Group grow gap={12}>
          <NumberInput
            label="Bootstrap draws"
            min={200}
            max={100_000}
            step={1000}
            thousandSeparator=","
            value={settings.draws}
            onChange={(value) => set({ draws: Number(value) || 200 })}
          />
          <NumberInput
            label="Rows timed one by one"
            min={20}
            max={5000}
            value={settings.timing.rows}
            onChange={(value) => set({ timing: { ...settings.timing, rows: Number(value) || 20 } })}
          />
        </Group>
        <fieldset className={s.fields}>
          <legend>Also run</legend>
          <Stack gap={8} mt={8}>
            {SECTION_NAMES.map(({ name, label }) => (
              <Switch
                key={name}
                label={label}
                checked={settings.sections[name]?.on ?? true}
                onChange={(event) =>
                  set({
                    sections: {
                      ...settings.sections,
                      [name]: { settings: settings.sections[name]?.settings ?? {}, on: event.currentTarget.checked },
                    },
                  })
                }
              />
            ))}
          </Stack>
        </fieldset>
        {save.error && <ErrorLine error={save.error} />}
        <Group gap={8}>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save the suite
          </Button>
          <Button variant="subtle" onClick={onDone}>
            Leave it as it was
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function GoldFields({
  suite,
  settings,
  set,
}: {
  suite: Suite;
  settings: SuiteSettings;
  set: (change: Partial<SuiteSettings>) => void;
}) {
  const key = (part: { datasetVersionId: string; split: string | null }) => `${part.datasetVersionId} ${part.split ?? ''}`;
  const chosen = settings.gold.map(key);
  return (
    <MultiSelect
      label="Gold rows"
      description="The first part carries all sections; on the others the figures are worked out too."
      placeholder={chosen.length === 0 ? 'the part test of what each version learned from' : undefined}
      clearable
      value={chosen}
      onChange={(keys) =>
        set({
          gold: keys.flatMap((one) => {
            const part = [...suite.gold, ...settings.gold].find((choice) => key(choice) === one);
            return part ? [{ datasetVersionId: part.datasetVersionId, split: part.split }] : [];
          }),
        })
      }
      data={suite.gold.map((choice) => ({
        value: key(choice),
        label: `${choice.dataset} v${choice.number}${choice.split ? `, ${choice.split}` : ''}: ${formatNumber(choice.rows)} rows${choice.lock ? ', locked' : ''}`,
      }))}
    />
  );
}
