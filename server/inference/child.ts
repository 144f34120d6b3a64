import type { FromChild, LoadMessage, ToChild } from '#server/inference/messages.ts';
import { openSession, type Session } from '#server/inference/session.ts';

// The main module of an inference worker: a child process that holds the models and knows nothing else. It is told
// everything by its parent, gets no environment and so no secret, and ends when its parent does.

const sessions = new Map<string, Session>();
let chain: Promise<void> = Promise.resolve();

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group: the parent decides when its workers end, after the answers in hand.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('message', (message: ToChild) => {
  chain = chain.then(() => handle(message));
});
void send({ type: 'ready' });

async function handle(message: ToChild): Promise<void> {
  if (message.type === 'run') return run(message);
  if (message.type === 'load') return load(message);
  await sessions.get(message.model)?.close();
  sessions.delete(message.model);
}

async function run({ batch, model, inputs }: Extract<ToChild, { type: 'run' }>): Promise<void> {
  const session = sessions.get(model);
  if (!session) return send({ type: 'failed', batch, reason: 'the model is not loaded' });
  const started = performance.now();
  try {
    const outputs = await session.run(inputs);
    void send({ type: 'answer', batch, outputs, runMs: performance.now() - started });
  } catch (error) {
    await send({ type: 'failed', batch, reason: error instanceof Error ? error.message : String(error) });
  }
}

async function load({ model, path, providers, threads }: LoadMessage): Promise<void> {
  try {
    const before = sessions.get(model);
    const session =
      before ?? (await openSession(path, { providers, threads, onTry: (provider) => send({ type: 'trying', model, provider }) }));
    sessions.set(model, session);
    await send({ type: 'loaded', model, info: session.info });
  } catch (error) {
    await send({ type: 'refused', model, reason: error instanceof Error ? error.message : String(error) });
  }
}

function send(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send || !process.connected) return resolve();
    process.send(message, undefined, undefined, () => resolve());
  });
}
