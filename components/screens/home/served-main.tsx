'use client';
import { DriftPill } from '#components/monitoring/drift-state.tsx';
import { windowName } from '#components/monitoring/window-words.ts';
import { useProject } from '#components/shell/project-context.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { DateTime, useNow } from '#components/ui/date-time.tsx';
import { Figure, FigureRow } from '#components/ui/figure.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { Sparkline } from '#components/ui/sparkline.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { Served } from '#server/features/home/home.schema.ts';
import s from './home.module.css';
import { figureWords, sparkDomain } from './plain-figure.ts';
import { ShareChart } from './share-chart.tsx';

const LEAST_SPAN = 0.2;

/** One deployment with its version, four figures in plain words, and the chart that explains its sentence. */
export function ServedMain({ served }: { served: Served }) {
  const project = useProject();
  return (
    <article className={s.served} aria-label={served.deployment}>
      <div className={s.servedHead}>
        <h3>
          <Link href={`/${project.name}/deployments/${served.deployment}`}>{served.deployment}</Link>
        </h3>
        {served.version !== null && (
          <>
            <Chip>v{served.version}</Chip>
            <StagePips stage={served.stage ?? 'none'} />
          </>
        )}
        <span className="ink-2">
          <Traffic served={served} />
        </span>
        <span className={s.servedState}>
          <ServedState served={served} />
        </span>
      </div>
      {served.monitor !== null && (
        <>
          <FigureRow>
            {served.figures.map((figure) => {
              const words = figureWords(figure, served);
              return (
                <div key={figure.id} title={words.title}>
                  <Figure
                    label={figure.label}
                    value={words.value}
                    unit={words.unit}
                    note={words.note}
                    tone={words.tone}
                    spark={
                      <Sparkline
                        values={figure.history}
                        label={`${words.title}. By ${served.window ?? 'window'}, ${figure.history.length} of them.`}
                        color={words.tone === 'bad' ? 'var(--bad)' : 'var(--accent)'}
                        {...(figure.id !== 'latency' && { domain: sparkDomain(figure.history, LEAST_SPAN) })}
                      />
                    }
                  />
                </div>
              );
            })}
          </FigureRow>
          {served.share && served.share.points.length > 0 && (
            <div className={s.chart}>
              <ShareChart served={served} share={served.share} />
            </div>
          )}
        </>
      )}
    </article>
  );
}

function Traffic({ served }: { served: Served }) {
  if (served.rollout) {
    return (
      <>
        v{served.rollout.candidate} gets {formatPercent(served.rollout.weight)} of the requests
        {served.rollout.status === 'paused' && ', paused'}
      </>
    );
  }
  if (served.since === null) return 'no version answers yet';
  return (
    <>
      all requests since <DateTime at={served.since} />
    </>
  );
}

/** The state of what it sees, as a way to its monitor; or that nobody watches. */
export function ServedState({ served }: { served: Served }) {
  const project = useProject();
  const now = useNow(0);
  if (served.monitor === null) {
    return project.can('monitor:write') ? (
      <Link className="link" href={`/${project.name}/monitoring?watch=${served.deployment}`}>
        Watch it
      </Link>
    ) : (
      <StatePill state="waiting">Not watched</StatePill>
    );
  }
  const since =
    served.stateSince && served.window && (served.state === 'drift' || served.state === 'possible')
      ? `${served.state === 'drift' ? 'Drift' : 'Possible drift'} since ${windowName(served.stateSince, served.window, now)}`
      : undefined;
  return (
    <Link href={`/${project.name}/monitoring/${served.monitor}`} suppressHydrationWarning>
      <DriftPill state={served.state}>{since}</DriftPill>
    </Link>
  );
}
