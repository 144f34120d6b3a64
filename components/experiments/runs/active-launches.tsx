import { useProject } from '#components/shell/project-context.tsx';
import { Link } from '#components/ui/link.tsx';
import { Bar } from '#components/ui/progress.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { LaunchView } from '#server/features/training/training.schema.ts';
import s from '../experiments.module.css';
import { launchPath } from '../paths.ts';

/** A line for each launch that hasn't ended, which leads to its live view. */
export function ActiveLaunches({ experiment, launches }: { experiment: string; launches: readonly LaunchView[] }) {
  const { name: project } = useProject();
  const active = launches.filter(({ trials }) => trials.queued + trials.running > 0);
  return active.map(({ id, name, trials }) => {
    const ended = trials.total - trials.queued - trials.running;
    return (
      <div key={id} className={s.active}>
        <StatePill state="running">
          {ended} of {trials.total} trials have ended
        </StatePill>
        <Bar share={ended / trials.total} label={`Trials of ${name} that have ended`} width={240} />
        <Link className="link" href={launchPath(project, experiment, name)}>
          Watch {name}
        </Link>
      </div>
    );
  });
}
