import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Command, Run } from './command.ts';
import { evaluate } from './evaluate.ts';
import { Ending, EXIT } from './exit.ts';
import { gatewayClient } from './gateway-client.ts';
import { promote } from './promote.ts';
import { rollout } from './rollout.ts';
import { parseDuration } from './wait.ts';
import { whatwas } from './whatwas.ts';

const COMMANDS: Record<string, Command> = { promote, evaluate, rollout, whatwas };
const COMMON = {
  url: { type: 'string' },
  json: { type: 'boolean' },
  timeout: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;
const TIMEOUT_MS = 3_600_000;

export type Surroundings = {
  /** From the environment; `--url` goes before. */
  url: string | undefined;
  token: string | undefined;
  signal: AbortSignal;
  out(line: string): void;
  err(line: string): void;
};

/** Runs one command against a gateway. @returns the exit code: 0 done, 1 refused or failed, 2 usage, 3 timed out, 4 unreachable */
export async function runProgram(args: readonly string[], o: Surroundings): Promise<number> {
  try {
    return await dispatch(args, o);
  } catch (error) {
    if (o.signal.aborted) {
      o.err('Stopped waiting. What was asked for goes on.');
      return EXIT.interrupted;
    }
    if (!(error instanceof Ending)) throw error;
    o.err(error.message);
    if (error.code === EXIT.usage) for (const line of usageOf(args[0])) o.err(line);
    return error.code;
  }
}

async function dispatch(args: readonly string[], o: Surroundings): Promise<number> {
  const [name, ...rest] = args;
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h' || (command && rest.some(isHelp))) {
    for (const line of usageOf(name)) o.out(line);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  if (!command) throw new Ending(EXIT.usage, `There is no command ${name}.`);
  const { values, positionals } = parse(rest, command);
  if (!command.words.includes(positionals.length))
    throw new Ending(EXIT.usage, `${name} takes ${command.words.join(' or ')} words, not ${positionals.length}.`);
  const url = gatewayUrl(typeof values.url === 'string' ? values.url : o.url);
  if (!o.token) throw new Ending(EXIT.usage, 'Put a token of the project into STAGECRAFT_TOKEN (Project settings, API tokens).');
  const run: Run = {
    words: positionals,
    options: values,
    gateway: gatewayClient({ url, token: o.token, signal: o.signal }),
    signal: o.signal,
    timeoutMs: typeof values.timeout === 'string' ? parseDuration(values.timeout) : TIMEOUT_MS,
    answer: (value, lines) => {
      for (const line of values.json ? [JSON.stringify(value, null, 2)] : lines) o.out(line);
    },
    tell: o.err,
  };
  return command.run(run);
}

function parse(args: string[], command: Command): { values: Run['options']; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Run['options'], positionals };
  } catch (error) {
    throw new Ending(EXIT.usage, (error as Error).message);
  }
}

function gatewayUrl(text: string | undefined): string {
  if (!text) throw new Ending(EXIT.usage, 'Say where the gateway is: --url https://…, or STAGECRAFT_GATEWAY_URL.');
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new Ending(EXIT.usage, `${text} is no address of a gateway.`);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function usageOf(name: string | undefined): string[] {
  const chosen = name !== undefined && Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS);
  return [
    'Usage: stagecraft COMMAND [--url URL] [--json]',
    ...chosen.flatMap((command) => command?.usage ?? []).map((line) => `  ${line}`),
    'The gateway: --url or STAGECRAFT_GATEWAY_URL. The token: STAGECRAFT_TOKEN.',
    'Ends with 0 done or approved, 1 refused or failed, 2 usage, 3 timed out, 4 unreachable.',
  ];
}
