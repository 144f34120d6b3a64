#!/usr/bin/env node
import { config } from '#server/config.ts';
import { runProgram } from './program/main.ts';

/** `npm run cli -- COMMAND …`, or `npx stagecraft COMMAND …`: for pipelines elsewhere. It speaks to a gateway and needs nothing else. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

process.exitCode = await runProgram(process.argv.slice(2), {
  url: config.gatewayUrl,
  token: config.token,
  signal: interrupted.signal,
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
