import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import { exploreInput, exploreOutput } from './fairness.schema.ts';
import { exploreFairness, getFairness } from './read-fairness.service.ts';

/** `GET /v1/models/{model}/fairness`: policy and newest figures; `…/versions/{number}/fairness?columns=a,b`: any column now. */
export const fairnessRest: RestRoute[] = [
  {
    method: 'GET',
    url: '/v1/models/:model/fairness',
    scope: 'project:read',
    summary: 'What counts as fair for a model, and the newest figures',
    output: z.object({ model: z.string(), policy: z.unknown(), latest: z.unknown() }),
    handle: async ({ scope, params }) => {
      const { model, current, latest } = await getFairness(scope, params.model ?? '');
      return {
        model,
        policy: current && { ...current, at: current.at.toISOString() },
        latest: latest && { model_version: latest.number, at: latest.at.toISOString(), ...latest.data },
      };
    },
  },
  {
    method: 'GET',
    url: '/v1/models/:model/versions/:number/fairness',
    scope: 'project:read',
    summary: 'Fairness of a version by one column or two, now',
    query: z.object({ columns: z.string(), minimum: z.number().optional() }),
    output: exploreOutput,
    handle: async ({ scope, params, query }) => {
      const parsed = exploreInput.safeParse({
        model: params.model,
        number: Number(params.number),
        columns: String(query.columns ?? '')
          .split(',')
          .filter(Boolean),
        ...(query.minimum === undefined ? {} : { minimum: Number(query.minimum) }),
      });
      if (!parsed.success) throw new DomainError('INVALID', 'Name one column or two: ?columns=region or ?columns=region,age.');
      return exploreFairness(scope, parsed.data);
    },
  },
];
