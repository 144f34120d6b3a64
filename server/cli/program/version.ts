import { Ending, EXIT } from './exit.ts';

/**
 * "4" or "v4" as a version's number.
 * @throws Ending with code 2
 */
export function versionOf(text: string | undefined): number {
  const number = Number(text?.replace(/^v/i, ''));
  if (Number.isInteger(number) && number > 0) return number;
  throw new Ending(EXIT.usage, `${text} is no version. Give its number, such as 4.`);
}
