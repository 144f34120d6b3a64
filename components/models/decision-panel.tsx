'use client';
import { Button, Group, Radio, Select, Stack, Textarea } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { titleOf } from '#server/domain/stages.ts';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import { AcceptGates } from './accept-gates.tsx';
import { type Choice, nextStep, rightsWords, submitWords } from './decision-words.ts';
import s from './promotion.module.css';
import { useRequestAct } from './use-request-act.ts';

type Props = { request: RequestDetail; choice: Choice | null; onChoice: (choice: Choice) => void };

/** Approve, refuse or ask for changes, with a reason; what happens then; why one may, or may not. */
export function DecisionPanel({ request, choice: chosen, onChoice }: Props) {
  const trpc = useTRPC();
  const project = useProject();
  const { may } = request;
  const [reason, setReason] = useState('');
  const [forId, setForId] = useState<string | null>(null);
  const [accepted, setAccepted] = useState<Record<string, string>>({});
  const settle = useRequestAct();
  const approve = useMutation(trpc.promotions.approve.mutationOptions(settle));
  const refuse = useMutation(trpc.promotions.refuse.mutationOptions(settle));
  const changes = useMutation(trpc.promotions.askChanges.mutationOptions(settle));
  if (!may.refuse.ok) return <Rights text={may.refuse.why} />;
  const choice = chosen ?? (may.approve.ok ? null : 'refuse');
  // One stop for Tab in the whole group: the chosen one, or the first. Arrows walk within.
  const stop = choice ?? 'approve';
  const failed = approve.error ?? refuse.error ?? changes.error;
  const version = `v${request.number}`;
  const title = titleOf(project.stages, request.targetStage);
  const open = (request.evidence?.gates ?? []).filter(
    (gate) => !gate.passed && (!gate.blocking || request.emergency !== null) && !request.accepted[gate.id],
  );
  const unnamed = choice === 'approve' ? open.filter((gate) => (accepted[gate.id] ?? '').trim().length < 3) : [];
  const ready = choice !== null && reason.trim().length >= 3 && unnamed.length === 0;
  const submit = () => {
    const input = { project: project.name, id: request.id, reason, ...(forId ? { forId } : {}) };
    if (choice === 'approve') approve.mutate({ ...input, ...(open.length > 0 ? { accepted } : {}) });
    if (choice === 'refuse') refuse.mutate(input);
    if (choice === 'changes') changes.mutate(input);
  };
  return (
    <form
      id="decision"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) submit();
      }}
    >
      <Stack gap={12}>
        <h2>Your decision</h2>
        <Radio.Group aria-label="Your decision" value={choice} onChange={(value) => onChoice(value as Choice)}>
          <Stack gap={8}>
            <Option
              value="approve"
              stop={stop}
              disabled={!may.approve.ok}
              title="Approve"
              note={may.approve.ok ? nextStep(request, title) : may.approve.why}
            />
            <Option
              value="refuse"
              stop={stop}
              title="Refuse"
              note={`${version} stays in ${request.stage}. What is in ${request.targetStage} stays as it is.`}
            />
            {may.changes.ok && (
              <Option
                value="changes"
                stop={stop}
                title="Ask for changes"
                note={`It goes back to ${request.requestedByName}, who answers. Nothing is decided by that.`}
              />
            )}
          </Stack>
        </Radio.Group>
        <Textarea
          id="decision-reason"
          label="Reason"
          description={choice === 'changes' ? 'What you wish; it opens a thread' : 'Required, kept for ever'}
          autosize
          minRows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {choice === 'approve' && <AcceptGates gates={open} values={accepted} onChange={setAccepted} />}
        {request.standsFor.length > 0 && (
          <Select
            label="In whose place"
            clearable
            placeholder="In my own"
            data={request.standsFor.map((person) => ({ value: person.id, label: `For ${person.name}, who is away` }))}
            value={forId}
            onChange={setForId}
          />
        )}
        {failed && <ErrorLine error={failed} />}
        <Group gap={8}>
          <Button
            type="submit"
            variant="filled"
            {...(choice === 'refuse' ? { 'data-danger': true } : {})}
            disabled={!ready}
            loading={approve.isPending || refuse.isPending || changes.isPending}
          >
            {submitWords(choice, request)}
          </Button>
          {choice === null ? (
            <span className="caption">Choose one first.</span>
          ) : reason.trim().length < 3 ? (
            <span className="caption">Say why first.</span>
          ) : (
            unnamed.length > 0 && <span className="caption">Say for each failed gate why that is acceptable.</span>
          )}
        </Group>
        <Rights text={rightsWords(request)} />
      </Stack>
    </form>
  );
}

type OptionProps = { value: Choice; stop: Choice; title: string; note: string; disabled?: boolean };

function Option({ value, stop, title, note, disabled = false }: OptionProps) {
  return (
    <Radio.Card
      className={s.option}
      value={value}
      disabled={disabled}
      tabIndex={value === stop ? 0 : -1}
      aria-label={`${title}. ${note}`}
    >
      <Group wrap="nowrap" align="flex-start" gap={8}>
        <Radio.Indicator disabled={disabled} />
        <div>
          <div className="strong">{title}</div>
          <div className="caption">{note}</div>
        </div>
      </Group>
    </Radio.Card>
  );
}

function Rights({ text }: { text: string }) {
  return (
    <p className={s.right}>
      <IconLock size={16} stroke={1.75} aria-hidden style={{ flex: 'none' }} />
      {text}
    </p>
  );
}
