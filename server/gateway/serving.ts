import type { RoutingArm, RoutingEntry } from '#server/domain/rollout/routing.ts';
import { DomainError, messageOf, notFound } from '#server/errors.ts';
import type { ModelFiles } from '#server/gateway/model-files.ts';
import type { ModelInfo } from '#server/inference/messages.ts';
import { type ClassifierOutputs, classifierOutputs } from '#server/inference/outputs.ts';
import type { InferencePool } from '#server/inference/pool.ts';
import type { Logger } from '#server/log.ts';

export type ServedArm = RoutingArm & { info: ModelInfo; found: ClassifierOutputs };
export type ServedRoute = Omit<RoutingEntry, 'arms'> & { arms: ServedArm[] };

const UNLOAD_MS = 1_000;

/**
 * What this gateway answers for, by project and name of the deployment. A new table takes effect deployment by
 * deployment, each in one step and only once all its models are loaded; a model that can't be loaded leaves what was
 * served before, and the reason is kept for people to see.
 */
export class Serving {
  readonly #pool: InferencePool;
  readonly #files: ModelFiles;
  readonly #log: Logger;
  readonly #routes = new Map<string, ServedRoute>();
  readonly #problems = new Map<string, string>();
  #wanted: RoutingEntry[] = [];
  #round: Promise<void> = Promise.resolve();

  constructor(o: { pool: InferencePool; files: ModelFiles; log: Logger }) {
    this.#pool = o.pool;
    this.#files = o.files;
    this.#log = o.log;
  }

  /** Takes a new table over; resolves when all of it is served or refused. Calls run one after the other. */
  apply(table: readonly RoutingEntry[]): Promise<void> {
    this.#round = this.#round.then(() => this.#apply(table));
    return this.#round;
  }

  /**
   * @throws DomainError NOT_FOUND for an unknown name, UNAVAILABLE with the reason when its model could never be loaded
   */
  find(projectId: string, deployment: string): ServedRoute {
    const route = this.#routes.get(`${projectId}/${deployment}`);
    if (route) return route;
    const wanted = this.#wanted.find((entry) => entry.projectId === projectId && entry.deployment === deployment);
    if (!wanted) throw notFound(`deployment ${deployment}`);
    const reason = this.#problems.get(wanted.deploymentId);
    throw new DomainError('UNAVAILABLE', reason ?? `The model of ${deployment} is being loaded. Try again in a moment.`, {
      reason: 'NOT_READY',
    });
  }

  /** The table as it is served: what a start without a database should take over. */
  served(): RoutingEntry[] {
    return [...this.#routes.values()].map((route) => ({
      ...route,
      arms: route.arms.map(({ info: _info, found: _found, ...arm }) => arm),
    }));
  }

  /** Names that a project's callers can use. */
  list(projectId: string): ServedRoute[] {
    return [...this.#routes.values()].filter((route) => route.projectId === projectId);
  }

  /** True when everything in the table is served, be it in an older form. */
  get ready(): boolean {
    return this.#wanted.every((entry) => this.#routes.has(keyOf(entry)));
  }

  /** For the process row: revision by deployment, and why a newer one isn't served. */
  report() {
    const routes = [...this.#routes.values()];
    const providers = (route: ServedRoute) => [...new Set(route.arms.map((arm) => arm.info.provider))].join(', ');
    return {
      routing: Object.fromEntries(routes.map((route) => [route.deploymentId, route.revision])),
      providers: Object.fromEntries(routes.map((route) => [route.deploymentId, providers(route)])),
      problems: Object.fromEntries(this.#problems),
    };
  }

  async #apply(table: readonly RoutingEntry[]): Promise<void> {
    this.#wanted = [...table];
    await Promise.all(table.map((entry) => this.#take(entry)));
    const names = new Set(table.map(keyOf));
    for (const name of this.#routes.keys()) if (!names.has(name)) this.#routes.delete(name);
    for (const id of this.#problems.keys()) if (!table.some((entry) => entry.deploymentId === id)) this.#problems.delete(id);
    await this.#unloadUnused();
  }

  async #take(entry: RoutingEntry): Promise<void> {
    const served = this.#routes.get(keyOf(entry));
    if (served && served.deploymentId === entry.deploymentId && served.revision === entry.revision) return;
    const arms: ServedArm[] = [];
    for (const arm of entry.arms) {
      try {
        const info = await this.#pool.load(arm.artifactKey, await this.#files.path(arm.artifactKey));
        arms.push({ ...arm, info, found: classifierOutputs(info.outputs) });
      } catch (error) {
        const reason = `Version ${arm.number} of ${entry.model} can't be served: ${messageOf(error)}`;
        const first = this.#problems.get(entry.deploymentId) !== reason;
        this.#problems.set(entry.deploymentId, reason);
        if (first)
          this.#log.error(
            { deployment: entry.deployment, revision: entry.revision, reason },
            'a model could not be loaded; the old one serves on',
          );
        return;
      }
    }
    this.#problems.delete(entry.deploymentId);
    this.#routes.set(keyOf(entry), { ...entry, arms });
    this.#log.info(
      {
        deployment: entry.deployment,
        revision: entry.revision,
        arms: arms.map((arm) => `${arm.name} v${arm.number} ${arm.weight}`),
      },
      'routing taken over',
    );
  }

  async #unloadUnused(): Promise<void> {
    const used = new Set([...this.#routes.values()].flatMap((route) => route.arms.map((arm) => arm.artifactKey)));
    const wanted = new Set(this.#wanted.flatMap((entry) => entry.arms.map((arm) => arm.artifactKey)));
    let busy = false;
    for (const { model } of this.#pool.stats().models) {
      if (used.has(model)) continue;
      if (this.#pool.busy(model)) busy = true;
      else this.#pool.unload(model);
    }
    if (busy) setTimeout(() => void this.#unloadUnused(), UNLOAD_MS).unref();
    await this.#files.keepOnly(new Set([...used, ...wanted]));
  }
}

function keyOf(entry: { projectId: string; deployment: string }): string {
  return `${entry.projectId}/${entry.deployment}`;
}
