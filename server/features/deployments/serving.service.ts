import { config } from '#server/config.ts';
import type { ProcessView } from '#server/platform/processes/registry.ts';
import { listProcesses } from '#server/platform/processes/registry.ts';
import type { Serving } from './deployments.schema.ts';

/** What the live gateways say about one deployment at one revision. */
export async function servingOf(deployment: { id: string; revision: number }): Promise<Serving> {
  return servingFrom(await listProcesses(), deployment);
}

/** The same from a list of processes that was read already. */
export function servingFrom(processes: readonly ProcessView[], deployment: { id: string; revision: number }): Serving {
  const gateways = processes.filter((process) => process.kind === 'gateway' && process.alive);
  const problems = new Set<string>();
  const providers = new Set<string>();
  let upToDate = 0;
  for (const { info } of gateways) {
    if (numberIn(info.routing, deployment.id) >= deployment.revision) upToDate += 1;
    const problem = textIn(info.problems, deployment.id);
    if (problem) problems.add(problem);
    const provider = textIn(info.providers, deployment.id) ?? (typeof info.provider === 'string' ? info.provider : null);
    if (provider) providers.add(provider);
  }
  return { gateways: gateways.length, upToDate, problems: [...problems], providers: [...providers] };
}

/** Where programs reach the gateway, as far as this process can know. */
export async function gatewayUrl(): Promise<string> {
  if (config.gatewayUrl) return config.gatewayUrl;
  const gateway = (await listProcesses()).find((process) => process.kind === 'gateway' && process.alive);
  if (typeof gateway?.info.url === 'string') return gateway.info.url;
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${config.gatewayPort}`;
}

function numberIn(value: unknown, key: string): number {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'number' ? found : -1;
}

function textIn(value: unknown, key: string): string | null {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' && found !== '' ? found : null;
}
