import { join } from 'node:path';
import { z } from 'zod';
import { SCOPES } from '#server/auth/roles.ts';
import type { ExecutionProvider } from '#server/config.ts';
import { routingTable } from '#server/domain/rollout/routing.ts';
import { messageOf } from '#server/errors.ts';
import { type AppOptions, createGateway } from '#server/gateway/app.ts';
import { ModelFiles } from '#server/gateway/model-files.ts';
import { Predictor } from '#server/gateway/predictor.ts';
import { Serving } from '#server/gateway/serving.ts';
import { readSnapshot, saveSnapshot } from '#server/gateway/snapshot.ts';
import type { GatewaySources } from '#server/gateway/sources.ts';
import { Shipper } from '#server/gateway/spool/shipper.ts';
import { SpoolWriter } from '#server/gateway/spool/writer.ts';
import { TokenBook } from '#server/gateway/token-book.ts';
import { InferencePool } from '#server/inference/pool.ts';
import type { Logger } from '#server/log.ts';

export type GatewayOptions = AppOptions & {
  spoolDir: string;
  instance: string;
  version: string;
  workers: number;
  threads: number;
  providers: ExecutionProvider[];
  requestsPerMinute: number;
  timeoutMs?: number;
  sources: GatewaySources;
  log: Logger;
};

const TIMEOUT_MS = 30_000;

const tokenTable = z.array(
  z.object({
    id: z.string(),
    hash: z.string(),
    name: z.string(),
    projectId: z.string(),
    projectName: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    expiresAt: z.string().nullable(),
  }),
);

export type Gateway = Awaited<ReturnType<typeof openGateway>>;

/**
 * A whole gateway: pool, spool, tokens, routing and HTTP. It first serves what it last saved in its spool, and then
 * what the sources say; a source that fails changes nothing.
 */
export async function openGateway(o: GatewayOptions) {
  const files = {
    routing: join(o.spoolDir, 'routing.json'),
    tokens: join(o.spoolDir, 'tokens.json'),
    log: join(o.spoolDir, 'log'),
    models: join(o.spoolDir, 'models'),
  };
  const pool = new InferencePool({ workers: o.workers, providers: o.providers, threads: o.threads, log: o.log });
  const serving = new Serving({ pool, files: new ModelFiles(files.models, o.sources.findArtifact), log: o.log });
  const tokens = new TokenBook();
  const writer = new SpoolWriter(files.log, o.instance);
  const shipper = new Shipper({ root: files.log, writer, sink: o.sources, log: o.log });
  const predictor = new Predictor({ pool, writer, shipper, timeoutMs: o.timeoutMs ?? TIMEOUT_MS });
  const app = createGateway(
    {
      version: o.version,
      log: o.log,
      tokens,
      serving,
      predictor,
      writer,
      shipper,
      sources: o.sources,
      requestsPerMinute: o.requestsPerMinute,
    },
    o,
  );

  tokens.replace(readSnapshot(files.tokens, tokenTable) ?? [], Date.now());
  await serving.apply(readSnapshot(files.routing, routingTable) ?? []);
  shipper.start();

  async function refreshTokens(): Promise<void> {
    await attempt('tokens', async () => {
      const entries = await o.sources.loadTokens();
      tokens.replace(entries, Date.now());
      saveSnapshot(files.tokens, entries);
    });
  }

  /** Takes the newest table over. What is saved for a start without a database is what could be served. */
  async function refreshRouting(): Promise<void> {
    await attempt('routing', async () => {
      const table = await o.sources.loadRouting();
      await serving.apply(table);
      saveSnapshot(files.routing, serving.served());
    });
  }

  async function reportUse(): Promise<void> {
    const used = tokens.takeUsed();
    if (used.length > 0) await attempt('last use of tokens', () => o.sources.touchTokens(used));
  }

  async function attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      o.log.warn({ what, reason: messageOf(error) }, 'could not be read; the gateway goes on with what it has');
    }
  }

  return {
    app,
    pool,
    serving,
    tokens,
    shipper,
    refreshTokens,
    refreshRouting,
    reportUse,
    /** For the process row that the console shows. */
    info() {
      const { workers, models, ...counts } = pool.stats();
      return { ...serving.report(), workers, models, counts, log: shipper.stats(), tokens: tokens.size };
    },
    /** Answers what is under way, writes the log out, and ends the workers. */
    async close(): Promise<void> {
      await app.close();
      await pool.close();
      await shipper.stop();
      await Promise.race([shipper.drain(), new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
      writer.close();
    },
  };
}
