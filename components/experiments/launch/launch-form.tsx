'use client';
import { Autocomplete, Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { z } from 'zod';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC, useTRPCClient } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Finding } from '#components/ui/sentence.tsx';
import { type launchInput, MAX_TRIALS } from '#server/features/training/training.schema.ts';
import s from '../experiments.module.css';
import { launchPath } from '../paths.ts';
import { FeaturesField } from './features-field.tsx';
import { beginValues, type LaunchValues, type Options, spaceOf, toLaunchInput } from './form-values.ts';
import { countTrials, sayProduct } from './values.ts';

/** Columns, the grid of settings, and what they come to. */
export function LaunchForm(props: { experiment: string | null; dataset: string; version: number; options: Options }) {
  const { experiment, dataset, version, options } = props;
  const trpc = useTRPC();
  const { name: project } = useProject();
  const experiments = useQuery(trpc.experiments.list.queryOptions({ project }, { enabled: experiment === null }));
  const names = (experiments.data ?? []).map((one) => one.name);
  const form = useForm<LaunchValues>({ initialValues: beginValues(options, experiment ?? '') });
  const launch = useLaunch(experiment === null ? names : null);
  const { values } = form;
  const hasText = values.features.some((feature) => feature.kind === 'text');
  const trials = countTrials(spaceOf(values), values.features);
  const submit = form.onSubmit(() => {
    const result = toLaunchInput(values, { dataset, version });
    if (result.ok) launch.mutate(result.input);
    else form.setErrors(result.errors);
  });
  if (options.problems.length > 0)
    return (
      <Finding tone="warn" title={`Nothing can be learned from ${dataset} v${version} yet`}>
        {options.problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
      </Finding>
    );
  return (
    <form className={s.form} onSubmit={submit} noValidate>
      {experiment === null && (
        <Autocomplete
          label="Experiment"
          description="One that exists, or a new name: small letters, digits and hyphens."
          placeholder="spam-filter"
          data={names}
          {...form.getInputProps('experiment')}
        />
      )}
      <p className="ink-2">
        Each trial learns to tell <b className="strong">{options.label}</b>
        {sayParts(options)}.
      </p>
      <FeaturesField
        options={options.features}
        value={values.features}
        error={form.errors.features}
        onChange={(features) => form.setFieldValue('features', features)}
      />
      <fieldset className={s.fieldset}>
        <legend className={s.legend}>Settings to try</legend>
        <p className="caption">Give several values, and every combination is a trial.</p>
        {hasText && (
          <div className={s.two}>
            <Checkbox.Group label="Word n-grams" {...form.getInputProps('ngramMax')}>
              <div className={s.checks}>
                <Checkbox value="1" label="1" />
                <Checkbox value="2" label="1–2" />
                <Checkbox value="3" label="1–3" />
              </div>
            </Checkbox.Group>
            <TextInput
              label="Vocabulary"
              description="Terms kept of each text, between 10 and 200,000."
              classNames={{ input: 'mono' }}
              {...form.getInputProps('vocabularySize')}
            />
          </div>
        )}
        <div className={s.two}>
          <TextInput
            label="L2"
            description="Strength of the penalty on weights; larger is simpler."
            classNames={{ input: 'mono' }}
            {...form.getInputProps('l2')}
          />
          <Checkbox.Group label="Class weight" {...form.getInputProps('classWeight')}>
            <div className={s.checks}>
              <Checkbox value="none" label="none" />
              <Checkbox value="balanced" label="balanced" />
            </div>
          </Checkbox.Group>
        </div>
      </fieldset>
      <div className={s.two}>
        <NumberInput
          label="Seed"
          description="The same seed gives the same graph."
          min={0}
          max={2_147_483_647}
          allowDecimal={false}
          {...form.getInputProps('seed')}
        />
        <NumberInput
          label="Most steps"
          description="A trial ends earlier when its loss stays."
          min={1}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps('epochs')}
        />
      </div>
      {launch.error && <ErrorLine error={launch.error} />}
      <div className={s.submit}>
        <Button type="submit" variant="filled" loading={launch.isPending} disabled={trials > MAX_TRIALS}>
          Launch {trials > 0 ? formatCount(trials, 'trial') : 'trials'}
        </Button>
        <span className={trials > MAX_TRIALS ? 'bad' : 'caption'}>
          {sayTrials(trials, sayProduct(spaceOf(values), values.features))}
        </span>
      </div>
    </form>
  );
}

/** Makes the experiment when its name is new, launches, and goes to the live view. */
function useLaunch(known: string[] | null) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project } = useProject();
  return useMutation({
    mutationFn: async (input: z.infer<typeof launchInput>) => {
      if (known && !known.includes(input.experiment)) await client.experiments.create.mutate({ project, name: input.experiment });
      return client.training.launch.mutate({ project, ...input });
    },
    onSuccess: ({ launch }, { experiment }) => {
      void queries.invalidateQueries(trpc.experiments.pathFilter());
      void queries.invalidateQueries(trpc.training.launches.pathFilter());
      router.push(launchPath(project, experiment, launch));
    },
    // The experiment may have been made before the launch failed.
    onError: () => void queries.invalidateQueries(trpc.experiments.list.pathFilter()),
  });
}

function sayParts({ parts }: Options): string {
  const rows = (name: string) => parts.find((part) => part.name === name)?.rows;
  const train = rows('train');
  const test = rows('test');
  if (train === undefined || test === undefined) return '';
  return ` from ${formatCount(train, 'row')} of part train, and is judged on ${formatCount(test, 'row')} of part test`;
}

function sayTrials(trials: number, product: string): string {
  if (trials === 0) return 'A setting lacks a value that can be read.';
  if (trials > MAX_TRIALS) return `${product} are ${trials} trials; at most ${MAX_TRIALS} go into one launch. Leave some out.`;
  return trials === 1 ? 'One combination of settings.' : `${product} combinations; you watch them learn on the next page.`;
}
