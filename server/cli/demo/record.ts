import type { StoryStep } from './stage.ts';
import { insist, MODEL, PROJECT, until } from './stage.ts';

/** From one served request back to its data and its approval, and everything once in the log. */
export const followRequest: StoryStep = {
  name: 'Record: one request back to data and approval',
  async play(stage) {
    const { trpc } = stage.as.manager;
    const mail = stage.production[stage.sent - 1];
    insist(mail !== undefined, 'Nothing was sent.');
    const search = (requestId: string) => trpc.predictions.search.query({ project: PROJECT, requestId, limit: 10 });
    const found = await until(
      'The last request in the log',
      () => search(mail.id),
      ({ predictions }) => predictions.length > 0,
      30,
    );
    insist(found.predictions.length === 1, `The request was logged ${found.predictions.length} times.`);
    const prediction = await trpc.predictions.get.query({ project: PROJECT, id: found.predictions[0]?.id ?? '' });
    insist(prediction.version === 4, `The last mail was answered by v${prediction.version}, not by v4.`);
    const stations = new Set(prediction.lineage.map((station) => station.type));
    for (const type of [
      'deployment',
      'model_version',
      'promotion_request',
      'run',
      'dataset_version',
      'labeling_project',
    ] as const) {
      insist(stations.has(type), `The way back from a request lacks its ${type.replace('_', ' ')}.`);
    }
    return { request: mail.id, version: prediction.version, stations: prediction.lineage.length };
  },
};

/** The log has each mail once, with its outcome; the audit names who did what. */
export const readRecord: StoryStep = {
  name: 'Record: nothing lost, everything signed',
  async play(stage) {
    const monitor = await until(
      'All mails in the monitor',
      () => stage.as.manager.trpc.monitoring.get.query({ project: PROJECT, monitor: MODEL }),
      ({ windows }) => windows.reduce((sum, window) => sum + window.outcomes, 0) >= stage.production.length,
      60,
    );
    const rows = monitor.windows.reduce((sum, window) => sum + window.rows, 0);
    const known = monitor.windows.reduce((sum, window) => sum + window.outcomes, 0);
    insist(
      known === stage.production.length,
      `${stage.production.length} mails were served; ${known} are logged with their outcome.`,
    );
    insist(stage.program.failed === 0, `${stage.program.failed} requests failed.`);
    const audit = await stage.as.manager.trpc.audit.list.query({ project: PROJECT, limit: 200 });
    const acts = new Set(audit.entries.map((entry) => entry.action));
    const actors = new Set(audit.entries.map((entry) => entry.actor.name));
    for (const name of ['Sam', 'Rita', 'Stagecraft']) insist(actors.has(name), `The audit does not name ${name}.`);
    return {
      served: stage.production.length,
      logged: rows,
      requests: stage.program.answered,
      failed: 0,
      entries: audit.entries.length,
      acts: acts.size,
    };
  },
};
