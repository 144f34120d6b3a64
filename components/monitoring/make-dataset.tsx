'use client';
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { windowEnd } from '#server/domain/drift/windows.ts';
import { MadeVersion } from './made-version.tsx';
import s from './monitoring.module.css';
import type { Shown } from './prepare-range.ts';
import type { MonitorDetail } from './types.ts';
import { dayInAddress, windowName } from './window-words.ts';

/** Turns a window of production with its outcomes into a dataset version: first what goes in, then how it comes along. */
export function MakeDataset({ monitor, shown, onClose }: { monitor: MonitorDetail; shown: Shown; onClose: () => void }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const make = useMutation(trpc.monitoring.makeDataset.mutationOptions());
  return (
    <section className={s.act} aria-label="Make a dataset version">
      {make.data ? (
        <MadeVersion made={make.data} onClose={onClose} />
      ) : (
        <WindowForm
          monitor={monitor}
          shown={shown}
          error={make.error}
          pending={make.isPending}
          onSubmit={(values) => make.mutate({ project, monitor: monitor.name, ...values })}
          onClose={onClose}
        />
      )}
    </section>
  );
}

type Values = { from: Date; to: Date; dataset: string; version: number; note: string };

function WindowForm({
  monitor,
  shown,
  error,
  pending,
  onSubmit,
  onClose,
}: {
  monitor: MonitorDetail;
  shown: Shown;
  error: unknown;
  pending: boolean;
  onSubmit: (values: Values) => void;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const size = monitor.settings.window;
  const [first, setFirst] = useState(dayInAddress(shown.from));
  const [last, setLast] = useState(dayInAddress(shown.slots.at(-1)?.from ?? shown.from));
  const [dataset, setDataset] = useState(monitor.reference?.datasetName ?? '');
  const [chosen, setChosen] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const datasets = useQuery(trpc.datasets.list.queryOptions({ project }));
  const known = useQuery({ ...trpc.datasets.get.queryOptions({ project, dataset }), enabled: dataset !== '' });
  const ready = (known.data?.versions ?? []).filter(({ status }) => status === 'ready').sort((a, b) => b.number - a.number);
  const version = chosen ?? ready[0]?.number ?? null;
  const taken = shown.all.filter(({ from }) => dayInAddress(from) >= first && dayInAddress(from) <= last);
  const rows = taken.reduce((sum, { window }) => sum + (window?.rows ?? 0), 0);
  const outcomes = taken.reduce((sum, { window }) => sum + (window?.outcomes ?? 0), 0);
  const names = shown.all.map(({ from }) => ({ value: dayInAddress(from), label: windowName(from, size) }));
  const [begin, end] = [taken[0], taken.at(-1)];
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (begin && end && version !== null)
          onSubmit({ from: begin.from, to: windowEnd(end.from, size), dataset, version, note });
      }}
    >
      <h2>Make a dataset version of what was served</h2>
      <p className="ink-2">
        {formatCount(rows, 'request')}, {formatCount(outcomes, 'outcome')} known. They join the training part; the parts that
        models are judged on stay as they are. Rows without an outcome come along without a label.
      </p>
      <div className={s.four}>
        <Select
          label="First window"
          allowDeselect={false}
          data={names.filter(({ value }) => value <= last)}
          value={first}
          onChange={(value) => value && setFirst(value)}
        />
        <Select
          label="Last window"
          allowDeselect={false}
          data={names.filter(({ value }) => value >= first)}
          value={last}
          onChange={(value) => value && setLast(value)}
        />
        <Select
          label="Added to"
          allowDeselect={false}
          data={(datasets.data ?? []).map(({ name }) => name)}
          value={dataset}
          onChange={(value) => {
            setDataset(value ?? '');
            setChosen(null);
          }}
        />
        <Select
          label="Version"
          allowDeselect={false}
          data={ready.map(({ number, difference }) => ({
            value: String(number),
            label: `v${number}${difference ? `: ${difference}` : ''}`,
          }))}
          value={version === null ? null : String(version)}
          onChange={(value) => setChosen(value === null ? null : Number(value))}
        />
      </div>
      <TextInput label="Note" maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {Boolean(error ?? datasets.error ?? known.error) && <ErrorLine error={error ?? datasets.error ?? known.error} />}
      <div className={s.acts}>
        <Button type="submit" variant="filled" loading={pending} disabled={rows === 0 || version === null}>
          Make the version
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        {rows === 0 && <span className="caption">Nothing was served in these windows.</span>}
      </div>
    </form>
  );
}
