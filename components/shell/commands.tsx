'use client';
import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from 'react';

export type Command = { id: string; label: string; description?: string; group?: string; icon?: ReactNode; run: () => void };

let registered: { owner: string; commands: Command[] }[] = [];
const listeners = new Set<() => void>();
const NONE: typeof registered = [];

function set(next: typeof registered) {
  registered = next;
  for (const listener of listeners) listener();
}

/** Puts the acts of a page into the search (Ctrl-K) while the page is shown. */
export function useCommands(commands: Command[]): void {
  const owner = useId();
  const latest = useRef(commands);
  latest.current = commands;
  const signature = commands.map((command) => `${command.id} ${command.label}`).join('\n');
  useEffect(() => {
    if (signature === '') return;
    const stable = latest.current.map((command, i) => ({ ...command, run: () => latest.current[i]?.run() }));
    set([...registered, { owner, commands: stable }]);
    return () => set(registered.filter((entry) => entry.owner !== owner));
  }, [owner, signature]);
}

/** The commands of what is shown now. */
export function useRegisteredCommands(): Command[] {
  const entries = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
    () => NONE,
  );
  return entries.flatMap((entry) => entry.commands);
}
