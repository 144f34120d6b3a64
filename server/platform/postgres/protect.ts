import pg from 'pg';
import { APPLICATION_ROLE } from './provision.ts';

/** Owns the record of who did what. Nobody can sign in as it. */
export const RECORD_ROLE = 'stagecraft_record';

/** What the application may do with each table of the record: never change, remove or empty. */
const TABLES: Record<string, string> = {
  audit_entry: 'select, insert',
  audit_pending: 'select',
  audit_link: 'select',
  audit_head: 'select, insert',
  audit_key: 'select, insert',
};
const FUNCTIONS = [
  'audit_entry_is_append_only()',
  'audit_entry_awaits_seal()',
  'audit_field(text)',
  'audit_canonical(bigint, bytea, audit_entry)',
  'audit_seal(integer)',
];

/**
 * Takes the tables of the record away from the application's role: it may append and read, and neither owns them nor
 * their schema, so it can't take a trigger off or drop them. Safe to repeat.
 * @param adminUrl the application's database, as superuser
 */
export function protectRecord(adminUrl: string): Promise<void> {
  return asAdmin(adminUrl, [
    `do $$ begin if not exists (select from pg_roles where rolname = '${RECORD_ROLE}') then create role ${RECORD_ROLE} nologin; end if; end $$`,
    `alter schema public owner to ${RECORD_ROLE}`,
    `grant usage, create on schema public to ${APPLICATION_ROLE}`,
    ...Object.entries(TABLES).flatMap(([table, rights]) => [
      `alter table public.${table} owner to ${RECORD_ROLE}`,
      `revoke all on public.${table} from public, ${APPLICATION_ROLE}`,
      `grant ${rights} on public.${table} to ${APPLICATION_ROLE}`,
    ]),
    ...FUNCTIONS.map((name) => `alter function public.${name} owner to ${RECORD_ROLE}`),
  ]);
}

/** Hands the record back for as long as migrations run; its triggers go on refusing changes. */
export async function releaseRecord(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, [
    `do $$ begin
       if to_regclass('public.audit_link') is null then return; end if;
       ${Object.keys(TABLES)
         .map((table) => `alter table public.${table} owner to ${APPLICATION_ROLE};`)
         .join('\n')}
       ${FUNCTIONS.map((name) => `alter function public.${name} owner to ${APPLICATION_ROLE};`).join('\n')}
       alter schema public owner to pg_database_owner;
     end $$`,
  ]);
}

export type Protection = { protected: boolean; role: string; can: string[] };

/** What the role of this connection could do to the record beyond appending; `protected` when there is nothing. */
export async function recordProtection(url: string): Promise<Protection> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query<{ role: string; super: boolean; can: string[] }>(
      `select current_user as role, (select rolsuper from pg_roles where rolname = current_user) as super,
              array(
                select format('%s %s', verb, t.name)
                  from unnest($1::text[]) as t(name), unnest(array['update', 'delete', 'truncate', 'trigger']) as verb
                 where to_regclass('public.' || t.name) is not null and has_table_privilege('public.' || t.name, verb)
                union all
                select format('own %s', c.relname) from pg_class c
                 where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) and pg_has_role(c.relowner, 'member')
                union all
                select 'own the schema public' from pg_namespace n where n.nspname = 'public' and pg_has_role(n.nspowner, 'member')
              ) as can`,
      [Object.keys(TABLES)],
    );
    const row = found.rows[0];
    const can = row?.super ? ['everything: the role is superuser'] : (row?.can ?? []);
    return { protected: can.length === 0, role: row?.role ?? '', can };
  } finally {
    await client.end();
  }
}

async function asAdmin(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
