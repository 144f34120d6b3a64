'use client';
import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatCount } from '#components/ui/format.ts';
import { stageRoleSchema } from '#server/domain/stages.schema.ts';
import { nameFrom, ROLE_WORDS, type StageDraft } from './stage-draft.ts';
import s from './stages.module.css';

const ROLES = stageRoleSchema.options.map((role) => ({ value: role, label: ROLE_WORDS[role] }));

/** One stage: its place, title, name, role and words. What stands in it keeps it from being removed, and that is said. */
export function StageRow({
  stage,
  place,
  last,
  below,
  onChange,
  onMove,
  onRemove,
}: {
  stage: StageDraft;
  place: number;
  last: number;
  below: ReactNode;
  onChange: (stage: StageDraft) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { known } = stage;
  const inside = known !== null && !known.remove.ok;
  const needed = stage.role === 'start' || stage.role === 'end';
  const called = stage.title || 'the new stage';
  return (
    <li className={s.row}>
      <span>
        {place > 1 && place < last && (
          <ActionIcon size="sm" variant="subtle" aria-label={`Move ${called} up`} onClick={() => onMove(-1)}>
            <IconArrowUp size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
        {place > 0 && place < last - 1 && (
          <ActionIcon size="sm" variant="subtle" aria-label={`Move ${called} down`} onClick={() => onMove(1)}>
            <IconArrowDown size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
      </span>
      <span className="ink-2 num">{known ? formatCount(known.versions, 'version') : 'new'}</span>
      <TextInput
        aria-label={`Title of stage ${place + 1}`}
        placeholder="Title"
        maxLength={60}
        value={stage.title}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...stage, title: value, ...(known ? {} : { name: nameFrom(value) }) })
        }
      />
      {known ? (
        <span className="mono truncate">{stage.name}</span>
      ) : (
        <TextInput
          aria-label={`Name of stage ${place + 1}`}
          placeholder="name-in-addresses"
          maxLength={40}
          value={stage.name}
          onChange={(event) => onChange({ ...stage, name: event.currentTarget.value })}
        />
      )}
      {inside ? (
        <span className="ink-2">{ROLE_WORDS[stage.role]}</span>
      ) : (
        <Select
          aria-label={`What ${called} means`}
          allowDeselect={false}
          data={ROLES}
          value={stage.role}
          onChange={(role) => onChange({ ...stage, role: stageRoleSchema.parse(role) })}
        />
      )}
      <TextInput
        aria-label={`What ${called} is for`}
        placeholder="What it is for"
        maxLength={300}
        value={stage.description}
        onChange={(event) => onChange({ ...stage, description: event.currentTarget.value })}
      />
      {inside || needed ? (
        <span />
      ) : (
        <ActionIcon variant="subtle" aria-label={`Remove ${called}`} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
      {below && <div className={s.below}>{below}</div>}
    </li>
  );
}
