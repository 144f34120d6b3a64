import { isDomainError } from '#server/errors.ts';

/**
 * Runs a command. An expected failure is one line, with the way out; a defect shows where it happened.
 * Ends with the code that `command` returns (default 0), or 1.
 */
export async function runCommand(command: () => Promise<unknown>): Promise<void> {
  try {
    const code = await command();
    process.exit(typeof code === 'number' ? code : 0);
  } catch (error) {
    if (isDomainError(error)) console.error(error.message);
    else if ((error as NodeJS.ErrnoException).code === 'ENOSPC') console.error('The disk is full: make room and run this again.');
    else console.error(error instanceof Error ? error.stack : String(error));
    process.exit(1);
  }
}

/** One line of what a command is doing. */
export function say(line: string): void {
  console.log(`· ${line}`);
}

/** The value after `--name`, or undefined. */
export function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? args[at + 1] : undefined;
}
