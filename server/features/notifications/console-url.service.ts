import { config } from '#server/config.ts';
import { listProcesses } from '#server/platform/processes/registry.ts';

/** What addresses in mails and webhooks begin with: STAGECRAFT_URL, or where the running console says that it is. */
export async function consoleUrl(): Promise<string> {
  if (config.publicUrl) return config.publicUrl.replace(/\/+$/, '');
  const found = (await listProcesses()).find((process) => process.kind === 'console' && process.alive);
  if (typeof found?.info.url === 'string') return found.info.url.replace(/\/+$/, '');
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${config.consolePort}`;
}
