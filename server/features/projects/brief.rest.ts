import { defineRoute, type RestRoute } from '#server/gateway/plugin.ts';
import { briefOutput } from './brief.schema.ts';
import { readBrief } from './brief.service.ts';

/** `GET /v1/brief`: what the project is for, and what its models are measured by. */
export const briefRest: RestRoute[] = [
  defineRoute({
    method: 'GET',
    url: '/v1/brief',
    scope: 'project:read',
    summary: 'The brief of the project',
    output: briefOutput,
    handle: ({ scope }) => readBrief(scope),
  }),
];
