import type { ParseArgsOptionsConfig } from 'node:util';
import type { GatewayClient } from './gateway-client.ts';

/** What a command works with: its words and options, the gateway, and where it may speak. */
export type Run = {
  words: string[];
  /** Given options by name; a flag is true. */
  options: Record<string, string | boolean | undefined>;
  gateway: GatewayClient;
  signal: AbortSignal;
  /** How long `--wait` waits. */
  timeoutMs: number;
  /** The answer: as JSON with --json, else these lines. */
  answer(value: unknown, lines: string[]): void;
  /** What happens meanwhile; goes to stderr, so that stdout is the answer alone. */
  tell(line: string): void;
};

export type Command = {
  usage: string[];
  /** Numbers of words that it takes after its own name. */
  words: readonly number[];
  options: ParseArgsOptionsConfig;
  /** @returns the exit code */
  run(run: Run): Promise<number>;
};

/** The text of an option, undefined when it wasn't given. */
export function text(run: Run, name: string): string | undefined {
  const value = run.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A part of a path, as it must stand in an address. */
export const part = encodeURIComponent;
