import { type ProjectScope, systemScope } from '#server/auth/actor.ts';
import { classifierSignature } from '#server/domain/signature.ts';
import { db } from '#server/platform/db/client.ts';
import { pool } from '#server/platform/db/pool.ts';
import { putObject } from '#server/platform/storage/objects.ts';

export const MODELS = 100;
export const METRICS = 200;
/** Days over which the versions came. */
const DAYS = 1_000;

export type Registry = { scope: ProjectScope; from: Date; to: Date };

/**
 * A registry as years leave it, written in bulk: `versions` versions of 100 models, each from a run with 200 metrics, and
 * each put into staging and production until the next one took its place.
 */
export async function fillRegistry(versions: number): Promise<Registry> {
  const project = await db.project.create({ data: { name: 'bench', title: 'Bench' } });
  const experiment = await db.experiment.create({ data: { projectId: project.id, name: 'all' } });
  const signature = classifierSignature([{ name: 'body', kind: 'text' }], ['ham', 'spam']);
  const graph = await putObject('a graph', { mediaType: 'application/onnx' });
  const to = new Date();
  const from = new Date(to.getTime() - DAYS * 86_400_000);
  const run = (text: string, values: unknown[] = []) => pool.query(text, [project.id, ...values]);

  await run(
    `insert into model (id, project_id, name) select gen_random_uuid(), $1::uuid, 'model-' || n from generate_series(1, ${MODELS}) n`,
  );
  await run(
    `insert into run (id, project_id, experiment_id, name, status, created_at)
     select gen_random_uuid(), $1::uuid, $2::uuid, 'run-' || n, 'finished', $3::timestamptz + n * interval '1 minute'
       from generate_series(1, $4::int) n`,
    [experiment.id, from, versions],
  );
  await run(
    `insert into model_version (id, project_id, model_id, number, stage, source, run_id, graph_key, signature, size_bytes, created_at)
     select gen_random_uuid(), $1::uuid, m.id, (n - 1) / ${MODELS} + 1,
            case when n + ${MODELS} > $2::int then 'production' else 'archived' end, 'run', r.id, $6, $3::jsonb, 1000,
            $4::timestamptz + (n / $2::float8) * interval '${DAYS - 10} days'
       from generate_series(1, $2::int) n
       join model m on m.project_id = $1::uuid and m.name = 'model-' || ((n - 1) % ${MODELS} + 1)
       join run r on r.experiment_id = $5::uuid and r.name = 'run-' || n`,
    [versions, JSON.stringify(signature), from, experiment.id, graph.key],
  );
  await run(
    `insert into stage_change (id, project_id, model_version_id, "from", "to", reason, actor_name, at)
     select gen_random_uuid(), $1::uuid, v.id, s."from", s."to", 'by the bench', 'Rita', v.created_at + s.after
       from model_version v
       left join model_version next on next.model_id = v.model_id and next.number = v.number + 1
       cross join lateral (values
         ('development', 'staging', interval '1 hour'), ('staging', 'production', interval '5 hours'),
         ('production', 'archived', next.created_at + interval '5 hours' - v.created_at)) as s("from", "to", after)
      where v.project_id = $1::uuid and s.after is not null`,
  );
  await run(
    `insert into run_metric (project_id, run_id, key, step, value)
     select $1::uuid, r.id, 'metric_' || k, 0, random() from run r cross join generate_series(1, ${METRICS}) k where r.project_id = $1::uuid`,
  );
  await run(
    `insert into version_figure (project_id, model_version_id, kind, path, value)
     select $1::uuid, v.id, 'metric', m.key, m.value from model_version v join run_metric m on m.run_id = v.run_id where v.project_id = $1::uuid`,
  );
  await pool.query('vacuum analyze');
  return { scope: systemScope(project), from, to };
}

/** Entries of the record, written in bulk by the way that every entry goes. */
export async function fillRecord(scope: ProjectScope, entries: number): Promise<void> {
  await pool.query(
    `insert into audit_entry (id, project_id, at, actor_kind, actor_name, action, target_type, target_id, target_name, reason, details)
     select gen_random_uuid(), $1::uuid, now() - ($2::int - n) * interval '1 second', 'user', 'Rita', 'model.stage.changed', 'model_version',
            gen_random_uuid()::text, 'model-' || n % ${MODELS}, 'by the bench', jsonb_build_object('from', 'staging', 'to', 'production', 'n', n)
       from generate_series(1, $2::int) n`,
    [scope.projectId, entries],
  );
}
