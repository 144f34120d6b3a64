import { once } from 'node:events';
import { config } from '#server/config.ts';
import { createSetupLink } from '#server/features/people/links.service.ts';
import { runCommand, say } from './run-command.ts';
import { endingSignal } from './supervisor/ending.ts';
import { startAll } from './supervisor/start-all.ts';

/** `npm start` and `npm run dev`: everything of one installation under one supervisor, until Ctrl-C. */
await runCommand(async () => {
  const dev = process.argv.includes('--dev');
  const started = Date.now();
  const ending = endingSignal();
  const running = await startAll({ dev, what: dev ? 'npm run dev' : 'npm start', say, signal: ending }).catch(
    (error: unknown) => {
      if (ending.aborted) return undefined;
      throw error;
    },
  );
  if (!running) {
    say('ended');
    return;
  }
  const link = await createSetupLink();
  console.log(`
Stagecraft is up after ${((Date.now() - started) / 1000).toFixed(1)} s.
  console  ${running.console}
  gateway  ${running.gateway}
  data     ${config.dataDir}   (logs in logs/)${link ? `\n\nNobody can sign in yet. Create the first administrator with this link, which works once:\n  ${running.console}${link.path}` : ''}

Ctrl-C ends it.`);
  if (!ending.aborted) await once(ending, 'abort');
  console.log('');
  say('ending');
  await running.stop();
  say('ended');
});
