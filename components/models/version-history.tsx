'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Link } from '#components/ui/link.tsx';
import { Timeline, type TimelineItem } from '#components/ui/timeline.tsx';
import { isServing } from '#server/domain/stages.ts';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import s from './models.module.css';
import { RequestState } from './request-state.tsx';

/** Stage changes and requests of a version, newest first. */
export function VersionHistory({ version }: { version: VersionDetail }) {
  const { name: project, stages } = useProject();
  const items: (TimelineItem & { at: Date })[] = [
    ...version.stageChanges.map((change) => ({
      key: change.id,
      at: change.at,
      when: <DateTime at={change.at} />,
      title: `From ${change.from} to ${change.to}, by ${change.actorName}`,
      note: change.reason,
      tone: isServing(stages, change.to) ? ('good' as const) : ('quiet' as const),
    })),
    ...version.requests.map((request) => ({
      key: request.id,
      at: request.requestedAt,
      when: <DateTime at={request.requestedAt} />,
      title: (
        <>
          <Link className={s.inText} href={`/${project}/models/requests/${request.id}`}>
            {request.requestedByName} asked for {request.targetStage}
          </Link>{' '}
          <RequestState request={request} />
        </>
      ),
      note: request.reason,
    })),
    {
      key: 'registered',
      at: version.createdAt,
      when: <DateTime at={version.createdAt} />,
      title: `Registered${version.createdBy ? ` by ${version.createdBy}` : ''}`,
      note: version.run ? `from run ${version.run.name}` : 'from an uploaded file',
    },
  ];
  items.sort((a, b) => b.at.getTime() - a.at.getTime());
  return <Timeline label="What happened to this version" items={items} />;
}
