import type { LoggedPrediction } from '#server/features/predictions/log.schema.ts';

// The form in which predictions lie in a gateway's spool: rows of PostgreSQL's COPY text format, so that they reach the
// table as they are. Whoever changes the columns gives the form another name (`FORM`): gateways still hold the old one.

/** Extension of the spool's files with lines of this form. */
export const FORM = 'copy1';

/** Columns of a line, in its order. Those of the head are the same for all requests of one token to one arm. */
export const LINE_COLUMNS = [
  'project_id',
  'deployment_id',
  'model_version_id',
  'rollout_id',
  'arm',
  'provider',
  'token_id',
  'id',
  'request_id',
  'index',
  'routing_key',
  'at',
  'event_time',
  'input',
  'output',
  'label',
  'confidence',
  'error_code',
  'latency_ms',
  'queue_ms',
  'batch_size',
] as const;

/** Bytes of `project_id`, a tab and `deployment_id`, with which every line begins. */
export const SUBJECT_BYTES = 73;

export type LineHead = Pick<
  LoggedPrediction,
  'projectId' | 'deploymentId' | 'modelVersionId' | 'rolloutId' | 'arm' | 'provider' | 'tokenId'
>;
/** The rest of a line; input and output are JSON as text. */
export type LineBody = Omit<LoggedPrediction, keyof LineHead | 'input' | 'output'> & { input: string; output: string | null };

const NULL = '\\N';
const SPECIAL = /[\\\n\r\t\b\f\v]/;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};
const PLAIN: Record<string, string> = Object.fromEntries(Object.entries(ESCAPES).map(([plain, escaped]) => [escaped[1], plain]));

/** The first part of a line, to be made once and used for many. */
export function lineHead(head: LineHead): string {
  const values = [head.projectId, head.deploymentId, head.modelVersionId, head.rolloutId, head.arm, head.provider, head.tokenId];
  return `${values.map(field).join('\t')}\t`;
}

/** A whole line with its line break. */
export function predictionLine(head: string, o: LineBody): string {
  return `${head}${o.id}\t${field(o.requestId)}\t${o.index}\t${field(o.routingKey)}\t${o.at}\t${o.eventTime}\t${json(o.input)}\t${
    o.output === null ? NULL : json(o.output)
  }\t${field(o.label)}\t${o.confidence ?? NULL}\t${field(o.errorCode)}\t${o.latencyMs}\t${o.queueMs}\t${o.batchSize}\n`;
}

/**
 * A line as the record that it was made of.
 * @throws Error when it is no line of this form
 */
export function readPredictionLine(line: string): LoggedPrediction {
  const fields = line.replace(/\n$/, '').split('\t').map(plain);
  if (fields.length !== LINE_COLUMNS.length) throw new Error(`The line has ${fields.length} fields of ${LINE_COLUMNS.length}.`);
  const value = (column: (typeof LINE_COLUMNS)[number]) => fields[LINE_COLUMNS.indexOf(column)] ?? null;
  const text = (column: (typeof LINE_COLUMNS)[number]) => value(column) ?? '';
  const output = value('output');
  const confidence = value('confidence');
  return {
    id: text('id'),
    projectId: text('project_id'),
    requestId: text('request_id'),
    index: Number(text('index')),
    deploymentId: text('deployment_id'),
    modelVersionId: text('model_version_id'),
    rolloutId: value('rollout_id'),
    arm: text('arm'),
    routingKey: value('routing_key'),
    at: text('at'),
    eventTime: text('event_time'),
    input: JSON.parse(text('input')) as Record<string, unknown>,
    output: output === null ? null : (JSON.parse(output) as Record<string, unknown>),
    label: value('label'),
    confidence: confidence === null ? null : Number(confidence),
    errorCode: value('error_code'),
    latencyMs: Number(text('latency_ms')),
    queueMs: Number(text('queue_ms')),
    batchSize: Number(text('batch_size')),
    provider: value('provider'),
    tokenId: value('token_id'),
  };
}

function field(value: string | null): string {
  if (value === null) return NULL;
  return SPECIAL.test(value) ? value.replace(/[\\\n\r\t\b\f\v]/g, (character) => ESCAPES[character] ?? character) : value;
}

/** JSON as text has no control characters: only its backslashes mean something to COPY. */
function json(text: string): string {
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}

function plain(value: string): string | null {
  if (value === NULL) return null;
  return value.replace(/\\(.)/g, (_, character: string) => PLAIN[character] ?? character);
}
