import type { ClientBase } from 'pg';

declare global {
  // One set a process, however often a bundler evaluates this module.
  var stagecraftBackends: Set<number> | undefined;
}

globalThis.stagecraftBackends ??= new Set();
const backends = globalThis.stagecraftBackends;

/** Remembers a connection that has just been made, until it ends. */
export function trackBackend(client: ClientBase): void {
  // The id that the server names when a connection begins; the types of the driver leave it out.
  const pid: unknown = Reflect.get(client, 'processID');
  if (typeof pid !== 'number') return;
  backends.add(pid);
  client.once('end', () => backends.delete(pid));
}

/** Process ids, on the database's host, of the servers behind this process' connections. */
export function databaseBackends(): number[] {
  return [...backends].sort((a, b) => a - b);
}
