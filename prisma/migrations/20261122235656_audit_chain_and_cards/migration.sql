-- CreateTable
CREATE TABLE "audit_pending" (
    "entry_id" UUID NOT NULL,

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "audit_link" (
    "seq" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "prev" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_link_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_key" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "private_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_check" (
    "id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "requested_by_id" UUID,
    "requested_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "done" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT NOT NULL DEFAULT 0,
    "entries" BIGINT NOT NULL DEFAULT 0,
    "heads" INTEGER NOT NULL DEFAULT 0,
    "problem_count" INTEGER NOT NULL DEFAULT 0,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "error" TEXT,

    CONSTRAINT "audit_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_read" (
    "project_id" UUID NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_key" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "target_name" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "count" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_read_pkey" PRIMARY KEY ("project_id","actor_kind","actor_key","what","target_type","target_id")
);

-- CreateTable
CREATE TABLE "card_revision" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_version_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "texts" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "author_id" UUID,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "card_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card_freeze" (
    "request_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_version_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "card" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "card_freeze_pkey" PRIMARY KEY ("request_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_link_entry_id_key" ON "audit_link"("entry_id");

-- CreateIndex
CREATE INDEX "audit_head_at_idx" ON "audit_head"("at" DESC);

-- CreateIndex
CREATE INDEX "audit_check_created_at_idx" ON "audit_check"("created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_read_first_at_idx" ON "audit_read"("first_at");

-- CreateIndex
CREATE INDEX "card_revision_project_id_idx" ON "card_revision"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "card_revision_model_version_id_number_key" ON "card_revision"("model_version_id", "number");

-- CreateIndex
CREATE INDEX "card_freeze_project_id_idx" ON "card_freeze"("project_id");

-- CreateIndex
CREATE INDEX "card_freeze_model_version_id_idx" ON "card_freeze"("model_version_id");

-- For "what was": the changes of a project that led to a stage, and the last change of a version, at any moment.
CREATE INDEX "stage_change_project_id_to_at_idx" ON "stage_change"("project_id", "to", "at");
CREATE INDEX "stage_change_project_id_at_idx" ON "stage_change"("project_id", "at" DESC);

-- The chain, the heads and the keys only grow, as the entries do.
CREATE OR REPLACE FUNCTION "audit_entry_is_append_only"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END;
$$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_link', 'audit_head', 'audit_key'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only()', name || '_append_only', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only()', name || '_no_truncate', name);
  END LOOP;
END;
$$;

-- Each new entry waits for its place in the chain.
CREATE FUNCTION "audit_entry_awaits_seal"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
BEGIN
  INSERT INTO public.audit_pending (entry_id) VALUES (NEW.id);
  RETURN NULL;
END;
$$;

CREATE TRIGGER "audit_entry_awaits_seal"
AFTER INSERT ON "audit_entry"
FOR EACH ROW EXECUTE FUNCTION "audit_entry_awaits_seal"();

-- A field of the canonical form: its length in bytes, a colon, its text; ~ where there is none (docs/record.md).
CREATE FUNCTION "audit_field"(field text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(octet_length(field) || ':' || field, '~') $$;

-- The text over which an entry's hash is taken, at its place and after the hash before.
CREATE FUNCTION "audit_canonical"(seq bigint, prev bytea, e "audit_entry") RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT 'stagecraft-audit-1,' || seq || ',' || encode(prev, 'hex')
    || ',' || audit_field(e.id::text) || ',' || audit_field(e.project_id::text)
    || ',' || audit_field(((extract(epoch from e.at) * 1000)::bigint)::text)
    || ',' || audit_field(e.actor_kind) || ',' || audit_field(e.actor_id::text) || ',' || audit_field(e.actor_name)
    || ',' || audit_field(e.action)
    || ',' || audit_field(e.target_type) || ',' || audit_field(e.target_id) || ',' || audit_field(e.target_name)
    || ',' || audit_field(e.reason) || ',' || audit_field(e.details::text)
$$;

-- Gives waiting entries their places, oldest first. One at a time on the whole database; what another transaction has
-- not committed yet gets its place the next time. Returns how many it placed.
CREATE FUNCTION "audit_seal"(most integer DEFAULT 5000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  place bigint;
  before bytea;
  entry public.audit_entry;
  sealed integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(4215068839110342718);
  SELECT l.seq, l.hash INTO place, before FROM public.audit_link l ORDER BY l.seq DESC LIMIT 1;
  place := coalesce(place, 0);
  before := coalesce(before, sha256(convert_to('stagecraft-audit-1', 'UTF8')));
  FOR entry IN
    WITH waiting AS (
      SELECT p.entry_id FROM public.audit_pending p JOIN public.audit_entry e ON e.id = p.entry_id
       ORDER BY e.at, e.id LIMIT most
    ), taken AS (
      DELETE FROM public.audit_pending p USING waiting w WHERE p.entry_id = w.entry_id RETURNING p.entry_id
    )
    SELECT e.* FROM taken t JOIN public.audit_entry e ON e.id = t.entry_id ORDER BY e.at, e.id
  LOOP
    place := place + 1;
    INSERT INTO public.audit_link (seq, entry_id, prev, hash, sealed_at)
    VALUES (place, entry.id, before, sha256(convert_to(public.audit_canonical(place, before, entry), 'UTF8')), clock_timestamp())
    RETURNING hash INTO before;
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END;
$$;

-- What was written before there was a chain gets its place now.
INSERT INTO "audit_pending" ("entry_id") SELECT "id" FROM "audit_entry";
DO $$
BEGIN
  WHILE audit_seal(1000000) > 0 LOOP
  END LOOP;
END;
$$;
