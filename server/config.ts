import { join, resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['0', '1', 'false', 'true', '']).transform((value) => value === '1' || value === 'true');
const port = z.coerce.number().int().min(0).max(65_535);
const provider = z.enum(['cuda', 'webgpu', 'cpu']);
export type ExecutionProvider = z.infer<typeof provider>;

const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  STAGECRAFT_DATA: z.string().min(1).default('.data'),
  STAGECRAFT_SECRET: z.string().min(32, 'STAGECRAFT_SECRET needs at least 32 characters').optional(),
  STAGECRAFT_HOST: z.string().default('127.0.0.1'),
  STAGECRAFT_PORT: port.default(3000),
  STAGECRAFT_GATEWAY_PORT: port.default(8080),
  STAGECRAFT_URL: z.url().optional(),
  STAGECRAFT_GATEWAY_URL: z.url().optional(),
  STAGECRAFT_TOKEN: z.string().min(1).optional(),
  STAGECRAFT_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  STAGECRAFT_TLS_CERT: z.string().optional(),
  STAGECRAFT_TLS_KEY: z.string().optional(),
  STAGECRAFT_TRUST_PROXY: z.string().optional(),
  STAGECRAFT_PROVIDERS: z
    .string()
    .default('cuda,webgpu,cpu')
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(provider).min(1)),
  STAGECRAFT_INFERENCE_WORKERS: z.coerce.number().int().min(1).max(256).optional(),
  STAGECRAFT_JOBS: z.coerce.number().int().min(1).max(64).default(2),
  STAGECRAFT_MAX_BODY: z.coerce
    .number()
    .int()
    .min(1024)
    .default(4 * 1024 * 1024),
  STAGECRAFT_MAX_UPLOAD: z.coerce
    .number()
    .int()
    .min(1024)
    .default(2 * 1024 ** 3),
  STAGECRAFT_RATE_LIMIT: z.coerce.number().int().min(1).default(1_000_000),
  STAGECRAFT_SIGN_IN_ATTEMPTS: z.coerce.number().int().min(1).default(10),
  STAGECRAFT_DEMO: flag.default(false),
  STAGECRAFT_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  STAGECRAFT_MAIL_FROM: z.string().optional(),
  STAGECRAFT_WEBHOOKS_INTERNAL: flag.default(false),
  STAGECRAFT_CHROME: z.string().optional(),
  LD_LIBRARY_PATH: z.string().optional(),
  DATABASE_URL: z.string().min(1).optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
});

/** Settings of one process, parsed once. The only reader of `process.env`; README.md has the table of them. */
export type Config = ReturnType<typeof parseConfig>;

/**
 * Parses settings from an environment.
 * @throws Error naming each variable that can't be read and why.
 */
export function parseConfig(env: Record<string, string | undefined>) {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(filled);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These settings can't be used:\n${lines.join('\n')}\nCorrect them in the environment and start again.`);
  }
  const e = parsed.data;
  const dataDir = resolve(e.STAGECRAFT_DATA);
  return {
    mode: e.NODE_ENV,
    dataDir,
    objectsDir: join(dataDir, 'objects'),
    spoolDir: join(dataDir, 'spool'),
    secret: e.STAGECRAFT_SECRET,
    host: e.STAGECRAFT_HOST,
    consolePort: e.STAGECRAFT_PORT,
    gatewayPort: e.STAGECRAFT_GATEWAY_PORT,
    publicUrl: e.STAGECRAFT_URL,
    gatewayUrl: e.STAGECRAFT_GATEWAY_URL,
    /** Of the command line only: with what it comes to the gateway. */
    token: e.STAGECRAFT_TOKEN,
    logLevel: e.STAGECRAFT_LOG_LEVEL,
    tls: tlsFiles(e.STAGECRAFT_TLS_CERT, e.STAGECRAFT_TLS_KEY),
    trustProxy: e.STAGECRAFT_TRUST_PROXY,
    executionProviders: e.STAGECRAFT_PROVIDERS,
    inferenceWorkers: e.STAGECRAFT_INFERENCE_WORKERS,
    libraryPath: e.LD_LIBRARY_PATH,
    jobConcurrency: e.STAGECRAFT_JOBS,
    bodyLimitBytes: e.STAGECRAFT_MAX_BODY,
    maxUploadBytes: e.STAGECRAFT_MAX_UPLOAD,
    requestsPerMinute: e.STAGECRAFT_RATE_LIMIT,
    signInAttempts: e.STAGECRAFT_SIGN_IN_ATTEMPTS,
    demo: e.STAGECRAFT_DEMO,
    mail: mailServer(e.STAGECRAFT_SMTP_URL, e.STAGECRAFT_MAIL_FROM),
    internalWebhooks: e.STAGECRAFT_WEBHOOKS_INTERNAL,
    chrome: e.STAGECRAFT_CHROME,
    databaseUrl: e.DATABASE_URL,
    databasePool: e.DATABASE_POOL,
    oidc:
      e.OIDC_ISSUER && e.OIDC_CLIENT_ID && e.OIDC_CLIENT_SECRET
        ? { issuer: e.OIDC_ISSUER, clientId: e.OIDC_CLIENT_ID, clientSecret: e.OIDC_CLIENT_SECRET, name: e.OIDC_NAME }
        : undefined,
  };
}

/** `smtps:` is TLS from the first byte; `smtp:` insists on STARTTLS unless the address ends in `?tls=none`. */
function mailServer(url: string | undefined, from: string | undefined) {
  if (!url && !from) return undefined;
  if (!url || !from) throw new Error('STAGECRAFT_SMTP_URL and STAGECRAFT_MAIL_FROM belong together: give both, or neither.');
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const security =
    protocol === 'smtps:' ? ('tls' as const) : searchParams.get('tls') === 'none' ? ('none' as const) : ('starttls' as const);
  return {
    host: hostname,
    port: Number(port) || (security === 'tls' ? 465 : 587),
    security,
    user: decodeURIComponent(username),
    password: password ? decodeURIComponent(password) : undefined,
    from,
  };
}

function tlsFiles(cert: string | undefined, key: string | undefined) {
  if (!cert && !key) return undefined;
  if (!cert || !key) throw new Error('STAGECRAFT_TLS_CERT and STAGECRAFT_TLS_KEY belong together: give both files, or neither.');
  return { certFile: resolve(cert), keyFile: resolve(key) };
}

export const config: Config = parseConfig(process.env);
