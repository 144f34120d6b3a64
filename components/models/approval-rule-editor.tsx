'use client';
import { Button, Checkbox, Group, MultiSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import type { ApprovalRule, RuleInForce } from '#server/features/models/approval.schema.ts';
import s from './promotion.module.css';
import { ruleWords } from './rule-words.ts';

/**
 * Who must approve before a version reaches a stage, with what is wrong or questionable about it said at once. For the
 * project, or with `model` for one model, which may have a rule of its own or go by the project's.
 */
export function ApprovalRuleEditor({ stage, model }: { stage: string; model?: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.promotions.rules.queryOptions({ project, ...(model ? { model } : {}) }));
  return (
    <QueryGate query={query} what="The approval rule" rows={2}>
      {(rules) => {
        const found = rules.find((rule) => rule.stage === stage);
        if (!found) return <p className="ink-2">Nobody asks for this stage, so it needs no rule.</p>;
        return <Rule key={`${found.stage} ${found.version} ${found.source}`} found={found} {...(model ? { model } : {})} />;
      }}
    </QueryGate>
  );
}

function Rule({ found, model }: { found: RuleInForce; model?: string }) {
  const { can } = useProject();
  const [editing, setEditing] = useState(false);
  const ownHere = model ? found.source === 'model' : found.source === 'project';
  if (editing) return <RuleForm found={found} ownHere={ownHere} onDone={() => setEditing(false)} {...(model ? { model } : {})} />;
  return (
    <div className={s.rule}>
      <p>{ruleWords(found.rule)}</p>
      <Notes notes={found.notes} />
      <p className="caption">
        {SOURCES[found.source]}
        {found.updatedByName && found.updatedAt && (
          <>
            {`, by ${found.updatedByName}, `}
            <DateTime at={found.updatedAt} />
          </>
        )}
      </p>
      {can('member:manage') ? (
        <Button size="xs" onClick={() => setEditing(true)}>
          {model && !ownHere ? 'A rule of its own…' : 'Change the rule…'}
        </Button>
      ) : (
        <p className="caption">Admins of the project change it.</p>
      )}
    </div>
  );
}

const SOURCES = {
  default: 'The usual rule; nobody has changed it',
  project: 'The project’s rule',
  model: 'This model’s own rule',
};

function RuleForm({
  found,
  model,
  ownHere,
  onDone,
}: {
  found: RuleInForce;
  model?: string;
  ownHere: boolean;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [rule, setRule] = useState<ApprovalRule>(found.rule);
  const at = { project, stage: found.stage, ...(model ? { model } : {}) };
  const people = useQuery(trpc.promotions.approvers.queryOptions({ project }));
  const check = useQuery(trpc.promotions.checkRule.queryOptions({ ...at, rule }));
  const save = useMutation(
    trpc.promotions.saveRule.mutationOptions({
      onSuccess: onDone,
      onSettled: () => void queries.invalidateQueries(trpc.promotions.pathFilter()),
    }),
  );
  const set = (change: Partial<ApprovalRule>) => setRule({ ...rule, ...change });
  const wrong = (check.data ?? []).some((note) => note.level === 'error');
  return (
    <form
      className={s.narrowForm}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...at, expectedVersion: found.version, rule });
      }}
    >
      <Stack gap={12}>
        <NumberInput
          label="Approvals needed"
          description={found.role === 'gate' ? '0: the gates alone let a version in' : 'At least one'}
          min={found.role === 'gate' ? 0 : 1}
          max={10}
          value={rule.needed}
          onChange={(value) => set({ needed: Number(value) || 0 })}
        />
        {rule.needed > 0 && (
          <>
            <Checkbox
              label="Any reviewer of the project"
              checked={rule.from.roles.includes('reviewer')}
              onChange={(event) => set({ from: { ...rule.from, roles: event.currentTarget.checked ? ['reviewer'] : [] } })}
            />
            <MultiSelect
              label="And these people"
              placeholder={rule.from.people.length === 0 ? 'Nobody by name' : ''}
              searchable
              data={(people.data ?? []).map((person) => ({
                value: person.id,
                label: person.mayDecide ? person.name : `${person.name} (${person.role}: may not decide)`,
              }))}
              value={rule.from.people}
              onChange={(list) => set({ from: { ...rule.from, people: list } })}
            />
            <Switch
              label="Never who made the version"
              description="Who launched the run, or uploaded the file. Who asked never decides either way."
              checked={rule.separation.trainer}
              onChange={(event) => set({ separation: { requester: true, trainer: event.currentTarget.checked } })}
            />
            <NumberInput
              label="Ends by itself after"
              suffix=" days"
              description="Without a decision; empty: never"
              min={1}
              max={365}
              value={rule.expiresDays ?? ''}
              onChange={(value) => set({ expiresDays: value === '' ? null : Number(value) })}
            />
          </>
        )}
        <Switch
          label="Emergencies are allowed"
          description="One other person decides, failed gates are named, and somebody else reviews it afterwards."
          checked={rule.emergency.allowed}
          onChange={(event) => set({ emergency: { ...rule.emergency, allowed: event.currentTarget.checked } })}
        />
        {rule.emergency.allowed && (
          <NumberInput
            label="Reviewed within"
            suffix=" days"
            min={1}
            max={60}
            value={rule.emergency.reviewDays}
            onChange={(value) => set({ emergency: { ...rule.emergency, reviewDays: Number(value) || 1 } })}
          />
        )}
        <Notes notes={check.data ?? []} />
        {(save.error ?? check.error ?? people.error) && <ErrorLine error={save.error ?? check.error ?? people.error} />}
        <Group gap={8}>
          <Button type="submit" variant="filled" disabled={wrong} loading={save.isPending}>
            Keep the rule
          </Button>
          <Button variant="subtle" onClick={onDone}>
            Cancel
          </Button>
          {ownHere && (
            <Button variant="subtle" onClick={() => save.mutate({ ...at, expectedVersion: found.version, rule: null })}>
              {model ? 'Go by the project’s rule' : 'Go back to the usual rule'}
            </Button>
          )}
        </Group>
        <p className="caption">Open requests are decided by the rule that holds when they are decided.</p>
      </Stack>
    </form>
  );
}

function Notes({ notes }: { notes: RuleInForce['notes'] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={s.notes}>
      {notes.map((note) => (
        <li key={note.text} className={note.level === 'error' ? 'bad' : 'warn'}>
          {note.text}
        </li>
      ))}
    </ul>
  );
}
