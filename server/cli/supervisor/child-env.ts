/** The environment of this process with some variables set: what a child process is started with. */
export function childEnv(settings: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...settings };
}

/** True when this process is the script of an `npm run`. */
export function startedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}
