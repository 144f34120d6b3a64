/** How a command ends, for pipelines: stable. */
export const EXIT = { done: 0, refused: 1, usage: 2, timedOut: 3, unreachable: 4, interrupted: 130 } as const;

/** An end with a sentence for people. */
export class Ending extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'Ending';
    this.code = code;
  }
}
