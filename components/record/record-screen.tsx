'use client';
import { Button, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Toolbar } from '#components/ui/screen.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { isServing, roleOf } from '#server/domain/stages.ts';
import type { RecordTimeline } from '#server/features/record/record.schema.ts';
import { AnswerPanel } from './answer-panel.tsx';
import { lanesOf } from './lanes.ts';
import s from './record.module.css';
import { StandingTable } from './standing-table.tsx';
import { thenAndNow, wordOf } from './then-now.ts';
import { TimeLine } from './time-line.tsx';
import { useRecordAddress } from './use-record-address.ts';

/** What was in which stage at a moment of the past, on whose word; and who answered a request. */
export function RecordScreen() {
  const project = useProject();
  const trpc = useTRPC();
  const address = useRecordAddress();
  const timeline = useQuery(trpc.record.timeline.queryOptions({ project: project.name }));
  useLive(['model.'], () => void timeline.refetch(), { atMostEveryMs: 5_000 });
  return (
    <Screen
      padded={false}
      head={<PageHead title="Record" meta="what was, at any moment" />}
      side={<AnswerPanel id={address.prediction} onAsk={(id) => address.set({ prediction: id })} />}
      sideTitle="Who answered"
      sideWidth={368}
    >
      <QueryGate query={timeline} what="The line of time">
        {(data) =>
          data.changes.length === 0 ? (
            <EmptyState
              title="Nothing has moved yet."
              explanation="Here stands, for any moment of the past, which version was in which stage, since when, on whose word and on what evidence. It begins with the first version that leaves development."
            />
          ) : (
            <Moment timeline={data} {...address} />
          )
        }
      </QueryGate>
    </Screen>
  );
}

type MomentProps = { timeline: RecordTimeline } & ReturnType<typeof useRecordAddress>;

function Moment({ timeline, at: asked, model, set }: MomentProps) {
  const project = useProject();
  const trpc = useTRPC();
  const filter = { project: project.name, ...(model ? { model } : {}) };
  const then = useQuery(
    trpc.record.whatWas.queryOptions({ ...filter, ...(asked ? { at: asked } : {}) }, { placeholderData: keepPreviousData }),
  );
  const now = useQuery(trpc.record.whatWas.queryOptions(filter));
  const { changes } = timeline;
  const models = useMemo(() => [...new Set(changes.map((change) => change.model))].sort(), [changes]);
  const lanes = useMemo(() => {
    const counts = (stage: string) => ['gate', 'serving'].includes(roleOf(project.stages, stage) ?? '');
    return lanesOf(changes, counts).filter((lane) => !model || lane.model === model);
  }, [changes, model, project.stages]);
  const to = useMemo(() => new Date(), []);
  const from = changes[0]?.at ?? to;
  const moments = changes.filter((change) => !model || change.model === model).map((change) => change.at);
  const looked = asked ?? to;
  const earlier = moments.findLast((at) => at < looked);
  const later = moments.find((at) => at > looked);
  const lines = thenAndNow(then.data?.standings ?? [], now.data?.standings ?? []);
  return (
    <>
      <Toolbar inset label="Which moment">
        <TextInput
          aria-label="Moment"
          type="datetime-local"
          step={1}
          className={s.moment}
          value={asked ? localText(asked) : ''}
          max={localText(to)}
          onChange={(event) => {
            const chosen = new Date(event.currentTarget.value);
            set({ at: Number.isNaN(chosen.getTime()) ? '' : chosen.toISOString() });
          }}
        />
        <Select
          aria-label="Model"
          placeholder="All models"
          className={s.model}
          data={models}
          value={model}
          onChange={(value) => set({ model: value ?? '' })}
          searchable
          clearable
        />
        <Button disabled={!earlier} onClick={() => earlier && set({ at: earlier.toISOString() })}>
          Change before
        </Button>
        <Button disabled={!later} onClick={() => later && set({ at: later.toISOString() })}>
          Change after
        </Button>
        {asked && (
          <Button variant="subtle" onClick={() => set({ at: '' })}>
            Now
          </Button>
        )}
      </Toolbar>
      <TimeLine
        lanes={lanes}
        from={from}
        to={to}
        at={looked}
        onPick={(at) => set({ at: at.toISOString() })}
        isServing={(stage) => isServing(project.stages, stage)}
      />
      <QueryGate query={then} what="What was">
        {(found) => (
          <>
            <Answer at={asked} serving={found.standings.filter((one) => isServing(project.stages, one.stage))} />
            <StandingTable lines={lines} past={asked !== null} />
            {found.more && <p className="caption">More stood there; choose a model to see them all.</p>}
          </>
        )}
      </QueryGate>
    </>
  );
}

function Answer({ at, serving }: { at: Date | null; serving: Parameters<typeof wordOf>[0][] }) {
  const [one] = serving;
  const when = at ? <DateTime at={at} /> : 'Now';
  return (
    <div className={s.answer}>
      {serving.length === 1 && one ? (
        <Sentence
          before={when}
          explanation={
            <>
              Since <DateTime at={one.since} />, on the word of {wordOf(one)}. {one.ground?.reason ?? one.reason}
            </>
          }
        >
          {one.model} v{one.version} {at ? 'was' : 'is'} in {one.stage}.
        </Sentence>
      ) : (
        <Sentence before={when}>
          {serving.length === 0
            ? `Nothing ${at ? 'was' : 'is'} serving.`
            : `${serving.length} versions ${at ? 'were' : 'are'} serving: ${serving.map((each) => `${each.model} v${each.version}`).join(', ')}.`}
        </Sentence>
      )}
    </div>
  );
}

/** A moment as the browser's field takes it, in the viewer's zone. */
function localText(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
