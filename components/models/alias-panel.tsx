'use client';
import { ActionIcon, Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { type Alias, aliasNameSchema } from '#server/features/models/aliases.schema.ts';
import { AliasChips } from './alias-chips.tsx';

/** The aliases that point at a version; who may gives it another one, or takes one away. */
export function AliasPanel({ model, number }: { model: string; number: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.models.aliases.list.queryOptions({ project, model }));
  return (
    <QueryGate query={query} what="The aliases" rows={1}>
      {({ aliases, may }) => {
        const own = aliases.filter((alias) => alias.number === number);
        return (
          <Stack gap={8}>
            {own.length === 0 && <p className="ink-2">No alias points at v{number}.</p>}
            {own.map((alias) => (
              <OneAlias key={alias.name} model={model} alias={alias} may={(alias.protected ? may.protected : may.free).ok} />
            ))}
            {may.free.ok && <NewAlias model={model} number={number} known={aliases} mayProtect={may.protected.ok} />}
          </Stack>
        );
      }}
    </QueryGate>
  );
}

function OneAlias({ model, alias, may }: { model: string; alias: Alias; may: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const { name: project } = useProject();
  const done = { onSuccess: () => queries.invalidateQueries(trpc.models.pathFilter()) };
  const free = useMutation(trpc.models.aliases.remove.mutationOptions(done));
  const guarded = useMutation(trpc.models.aliases.removeProtected.mutationOptions(done));
  const remove = async () => {
    const body = 'Programs that ask for it find nothing until it points at a version again. Its history stays.';
    if (!(await confirm({ title: `Take the alias ${alias.name} away?`, body, verb: 'Take away', danger: true }))) return;
    const input = {
      project,
      model,
      name: alias.name,
      reason: `Taken from v${alias.number} by hand.`,
      expectedVersion: alias.version,
    };
    if (alias.protected) guarded.mutate(input);
    else free.mutate(input);
  };
  const error = free.error ?? guarded.error;
  return (
    <div>
      <AliasChips aliases={[alias]} />
      {may && (
        <ActionIcon size="sm" variant="subtle" aria-label={`Take ${alias.name} away`} onClick={remove}>
          <IconX size={14} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
      {error && <ErrorLine error={error} />}
    </div>
  );
}

function NewAlias({ model, number, known, mayProtect }: { model: string; number: number; known: Alias[]; mayProtect: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [guard, setGuard] = useState(false);
  const done = {
    onSuccess: () => {
      setName('');
      setReason('');
      setGuard(false);
      void queries.invalidateQueries(trpc.models.pathFilter());
    },
  };
  const free = useMutation(trpc.models.aliases.set.mutationOptions(done));
  const guarded = useMutation(trpc.models.aliases.setProtected.mutationOptions(done));
  const before = known.find((alias) => alias.name === name);
  const isProtected = before?.protected ?? guard;
  const parsed = aliasNameSchema.safeParse(name);
  const blocked = isProtected && !mayProtect;
  const mayWrite = useProject().can('model:write');
  const submit = () => {
    const input = { project, model, name, number, expectedVersion: before?.version ?? 0, reason };
    if (isProtected || !mayWrite) guarded.mutate({ ...input, protected: isProtected });
    else free.mutate(input);
  };
  const error = free.error ?? guarded.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap={8}>
        <TextInput
          label="Give it an alias"
          placeholder="challenger"
          value={name}
          error={name !== '' && !parsed.success ? parsed.error.issues[0]?.message : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {before && before.number !== number && (
          <p className="caption">
            {name} points at v{before.number} now and moves from there.
            {blocked && ' It is protected: it moves by an approved request, or by a reviewer.'}
          </p>
        )}
        {parsed.success && mayProtect && !before && (
          <Checkbox
            label="Protected: moves like a stage"
            checked={guard}
            onChange={(event) => setGuard(event.currentTarget.checked)}
          />
        )}
        {parsed.success && !blocked && (isProtected || !mayWrite) && (
          <Textarea
            label="Reason"
            description="Required, kept for ever"
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {error && <ErrorLine error={error} />}
        {parsed.success && !blocked && before?.number !== number && (
          <div>
            <Button
              type="submit"
              loading={free.isPending || guarded.isPending}
              disabled={(isProtected || !mayWrite) && reason.trim().length < 3}
            >
              {before ? `Move ${name} here` : `Call it ${name}`}
            </Button>
          </div>
        )}
      </Stack>
    </form>
  );
}
