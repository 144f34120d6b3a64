'use client';
import { useHotkeys } from '@mantine/hooks';
import { Fragment, useEffect, useId, useSyncExternalStore } from 'react';
import { KeyChip } from './chip.tsx';

export type KeyBinding = {
  /** Mantine's notation: "mod+K", "shift+ArrowLeft", "1". */
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Listed under this heading in the help; "This page" unless told. */
  group?: string;
  disabled?: boolean;
};

type Listed = { owner: string; bindings: Pick<KeyBinding, 'keys' | 'label' | 'group'>[] };

let listed: Listed[] = [];
const listeners = new Set<() => void>();
const NONE: Listed[] = [];

function set(next: Listed[]) {
  listed = next;
  for (const listener of listeners) listener();
}

/** Binds keys while the component is shown (not while typing in a field) and lists them in the help behind "?". */
export function useKeys(bindings: KeyBinding[]): void {
  const owner = useId();
  useHotkeys(
    bindings
      .filter((binding) => !binding.disabled)
      .map(({ keys, run }) => [keys, run] as [string, (event: KeyboardEvent) => void]),
  );
  const signature = JSON.stringify(bindings.filter((b) => !b.disabled).map(({ keys, label, group }) => ({ keys, label, group })));
  useEffect(() => {
    set([...listed, { owner, bindings: JSON.parse(signature) as Listed['bindings'] }]);
    return () => set(listed.filter((entry) => entry.owner !== owner));
  }, [owner, signature]);
}

/** The keys of what is shown now, by group. */
export function useListedKeys(): Map<string, Listed['bindings']> {
  const entries = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => listed,
    () => NONE,
  );
  const groups = new Map<string, Listed['bindings']>();
  for (const binding of entries.flatMap((entry) => entry.bindings)) {
    const group = binding.group ?? 'This page';
    groups.set(group, [...(groups.get(group) ?? []), binding]);
  }
  return groups;
}

const WORDS: Record<string, string> = {
  mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  shift: 'Shift',
  alt: 'Alt',
  Delete: 'Del',
};

/** "mod+K" as chips: Ctrl K. */
export function KeyCombo({ keys }: { keys: string }) {
  return (
    <>
      {(keys === 'shift+?' ? ['?'] : keys.split('+')).map((key, i) => (
        <Fragment key={key}>
          {i > 0 && ' '}
          <KeyChip>{WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</KeyChip>
        </Fragment>
      ))}
    </>
  );
}
