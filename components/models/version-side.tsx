'use client';
import { Button, Stack } from '@mantine/core';
import { useProject } from '#components/shell/project-context.tsx';
import { Link } from '#components/ui/link.tsx';
import { targetsFrom, titleOf } from '#server/domain/stages.ts';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import { AliasPanel } from './alias-panel.tsx';
import { DeleteVersion } from './delete-version.tsx';
import s from './models.module.css';
import { RequestForm } from './request-form.tsx';
import { RequestState } from './request-state.tsx';
import { StageByHand } from './stage-by-hand.tsx';

/** The next step of a version: the open request, the form to ask for one, or why there is none. */
export function VersionSide({ version }: { version: VersionDetail }) {
  const project = useProject();
  const open = version.openRequest;
  const request = open && version.requests.find(({ id }) => id === open.id);
  return (
    <Stack gap={24}>
      <section>
        <h2 className={s.sideTitle}>Next step</h2>
        {request ? (
          <Stack gap={8}>
            <p>
              {request.requestedByName} asked to move v{version.number} to {request.targetStage}.
            </p>
            <RequestState request={request} />
            <div>
              <Button component={Link} href={`/${project.name}/models/requests/${request.id}`}>
                Open the request
              </Button>
            </div>
          </Stack>
        ) : (
          <NoRequest version={version} />
        )}
      </section>
      <section>
        <h2 className={s.sideTitle}>Aliases</h2>
        <AliasPanel model={version.model} number={version.number} />
      </section>
      {project.can('model:write') && !open && <StageByHand version={version} />}
      {project.can('model:write') && !open && <DeleteVersion version={version} />}
    </Stack>
  );
}

function NoRequest({ version }: { version: VersionDetail }) {
  const project = useProject();
  const [next] = targetsFrom(project.stages, version.stage);
  if (!next)
    return (
      <p className="ink-2">
        v{version.number} is in {titleOf(project.stages, version.stage)}. There is no higher stage.
      </p>
    );
  if (!project.can('promotion:request')) {
    return <p className="ink-2">Nobody has asked to move v{version.number} up. Scientists and admins of the project can.</p>;
  }
  return <RequestForm key={version.stage} version={version} />;
}
