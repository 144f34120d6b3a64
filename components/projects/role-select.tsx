'use client';
import { Select } from '@mantine/core';
import { ROLES, type Role } from '#server/auth/roles.ts';
import { ROLE_WORDS } from './scope-words.ts';

const DATA = ROLES.map((role) => ({ value: role, label: role }));

type Props = { value: Role; onChange: (role: Role) => void; label: string; hideLabel?: boolean; disabled?: boolean };

/** One of the five roles, each with what it is for. */
export function RoleSelect({ value, onChange, label, hideLabel = false, disabled = false }: Props) {
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      data={DATA}
      value={value}
      disabled={disabled}
      allowDeselect={false}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      renderOption={({ option }) => (
        <span>
          <span className="strong">{option.label}</span> <span className="ink-3">{ROLE_WORDS[option.value as Role]}</span>
        </span>
      )}
      onChange={(role) => role && onChange(role as Role)}
    />
  );
}
