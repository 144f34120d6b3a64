import { joinPath } from '#server/domain/query/path.ts';
import type { SqlField, SqlFields } from '#server/domain/query/sql.ts';
import type { FigureKind } from './search.schema.ts';

/** Keys that every version has. */
export const VERSION_KEYS = ['name', 'version', 'stage', 'alias', 'creator', 'created', 'source', 'note', 'size'] as const;
const KINDS: Record<string, FigureKind> = {
  metrics: 'metric',
  metric: 'metric',
  params: 'param',
  param: 'param',
  parameters: 'param',
  tags: 'tag',
  tag: 'tag',
};
/** First words of the facts of a suite run; anything else is a slip. */
const FACTS =
  /^(accuracy|macro_f1|micro_f1|subset_accuracy|log_loss|ece|brier|f1|precision|recall|auc|mae|rmse|r2|pinball|ndcg|recall_at|cost|value|difference|mcnemar|latency|size|behaviour|regressions|robustness|fairness|overlap|incumbent)$/;

/** The figure that a key names: `metrics.loss`, `params."learning rate"`, or a fact such as `f1.spam.lower`. */
export function figureOf(parts: readonly string[]): { kind: FigureKind; path: string } | null {
  const [head = '', ...rest] = parts;
  const kind = KINDS[head.toLowerCase()];
  if (kind) return rest.length > 0 ? { kind, path: rest.join('.') } : null;
  return FACTS.test(head) ? { kind: 'fact', path: joinPath(parts) } : null;
}

/**
 * What keys stand for in the search over versions. The statement binds the project as `$1` and calls versions `v`,
 * models `m`.
 */
export function versionFields(stages: readonly string[]): SqlFields {
  const own: Record<string, SqlField> = {
    name: { kind: 'text', sql: 'm.name' },
    model: { kind: 'text', sql: 'm.name' },
    version: { kind: 'number', sql: 'v.number' },
    version_number: { kind: 'number', sql: 'v.number' },
    stage: { kind: 'text', sql: 'v.stage', values: stages },
    current_stage: { kind: 'text', sql: 'v.stage', values: stages },
    source: { kind: 'text', sql: 'v.source', values: ['run', 'upload'] },
    note: { kind: 'text', sql: 'v.note' },
    description: { kind: 'text', sql: 'v.note' },
    created: { kind: 'time', sql: 'v.created_at' },
    creation_timestamp: { kind: 'time', sql: 'v.created_at' },
    size: { kind: 'number', sql: 'v.size_bytes' },
    creator: { kind: 'text', sql: '(select u.name from "user" u where u.id = v.created_by_id)' },
    user_id: { kind: 'text', sql: '(select u.name from "user" u where u.id = v.created_by_id)' },
    run_id: { kind: 'text', sql: "replace(v.run_id::text, '-', '')" },
    alias: {
      kind: 'text',
      sql: 'a.name',
      within: (condition) =>
        `v.id in (select a.model_version_id from model_alias a where a.project_id = $1::uuid and ${condition})`,
    },
  };
  return (parts) => {
    const [first = '', second] = parts;
    if (first === 'attributes' || first === 'attribute') return (second && own[second]) || null;
    if (parts.length === 1 && own[first]) return own[first];
    const figure = figureOf(parts);
    if (!figure) return null;
    return {
      kind: figure.kind === 'metric' || figure.kind === 'fact' ? 'number' : figure.kind === 'tag' ? 'text' : 'any',
      sql: figure.kind === 'metric' || figure.kind === 'fact' ? 'f.value' : 'f.text',
      number: 'f.value',
      within: (condition, bind) =>
        `v.id in (select f.model_version_id from version_figure f where f.project_id = $1::uuid and f.kind = ${bind(figure.kind)}::text and f.path = ${bind(figure.path)}::text and ${condition})`,
    };
  };
}
