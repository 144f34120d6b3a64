-- CreateTable
CREATE TABLE "gate_set" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "rules" JSONB,
    "reason" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gate_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_alias" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "model_version_id" UUID NOT NULL,
    "protected" BOOLEAN NOT NULL DEFAULT false,
    "set_by_name" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "model_alias_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alias_change" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "from" INTEGER,
    "to" INTEGER,
    "protected" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "request_id" UUID,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alias_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "version_figure" (
    "project_id" UUID NOT NULL,
    "model_version_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "value" DOUBLE PRECISION,
    "text" TEXT,

    CONSTRAINT "version_figure_pkey" PRIMARY KEY ("model_version_id","kind","path")
);

-- CreateIndex
CREATE UNIQUE INDEX "gate_set_project_id_subject_revision_key" ON "gate_set"("project_id", "subject", "revision");

-- CreateIndex
CREATE INDEX "model_alias_model_version_id_idx" ON "model_alias"("model_version_id");

-- CreateIndex
CREATE INDEX "model_alias_project_id_idx" ON "model_alias"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_alias_model_id_name_key" ON "model_alias"("model_id", "name");

-- CreateIndex
CREATE INDEX "alias_change_model_id_at_idx" ON "alias_change"("model_id", "at");

-- CreateIndex
CREATE INDEX "version_figure_project_id_kind_path_value_model_version_id_idx" ON "version_figure"("project_id", "kind", "path", "value", "model_version_id");

-- AddForeignKey
ALTER TABLE "model_alias" ADD CONSTRAINT "model_alias_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_figure" ADD CONSTRAINT "version_figure_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Gates that models had as three settings become the expressions that say the same. The old column stays for the release
-- that still serves; nothing here reads it any more.
INSERT INTO "gate_set" ("id", "project_id", "subject", "revision", "rules", "reason", "created_by_name")
SELECT
  gen_random_uuid(), m."project_id", m."id"::text, 1,
  jsonb_build_array(
    jsonb_build_object(
      'id', 'f1', 'stage', NULL, 'blocking', true, 'description', '',
      'name', CASE WHEN m."positive" IS NULL THEN 'F1, mean of all classes' ELSE 'F1 of ' || m."positive" END,
      'expression', CASE WHEN m."positive" IS NULL THEN 'macro_f1' ELSE 'f1."' || replace(m."positive", '"', '""') || '"' END
        || ' >= ' || (m."gates" #>> '{f1,minimum}')),
    jsonb_build_object(
      'id', 'slices', 'stage', NULL, 'blocking', true, 'description', '', 'name', 'Every slice',
      'expression', 'slices.min(accuracy, n >= ' || (m."gates" #>> '{slices,minRows}') || ') >= ' || (m."gates" #>> '{slices,minimum}')),
    jsonb_build_object(
      'id', 'incumbent', 'stage', NULL, 'blocking', true, 'description', '', 'name', 'Not worse than what is there',
      'expression', 'incumbent.exists = 0 or difference.'
        || CASE WHEN m."positive" IS NULL THEN 'macro_f1' ELSE 'f1."' || replace(m."positive", '"', '""') || '"' END
        || '.lower > -' || (m."gates" #>> '{incumbent,margin}')),
    jsonb_build_object(
      'id', 'unseen', 'stage', NULL, 'blocking', true, 'description', '', 'name', 'Rows that neither version learned from',
      'expression', 'overlap.rows = 0')),
  'Taken over from the settings of the model.', 'Stagecraft'
FROM "model" m
WHERE m."gates" IS NOT NULL
  AND m."gates" #>> '{f1,minimum}' IS NOT NULL
  AND m."gates" #>> '{slices,minimum}' IS NOT NULL
  AND m."gates" #>> '{slices,minRows}' IS NOT NULL
  AND m."gates" #>> '{incumbent,margin}' IS NOT NULL;

-- Versions that are there already can be searched by the last metrics and the params of their runs.
INSERT INTO "version_figure" ("project_id", "model_version_id", "kind", "path", "value")
SELECT DISTINCT ON (v."id", k."key") v."project_id", v."id", 'metric', k."key", k."value"
FROM "model_version" v JOIN "run_metric" k ON k."run_id" = v."run_id"
ORDER BY v."id", k."key", k."step" DESC;

INSERT INTO "version_figure" ("project_id", "model_version_id", "kind", "path", "value", "text")
SELECT v."project_id", v."id", 'param', p."key",
  CASE WHEN p."value" ~ '^[-+]?[0-9]{1,15}(\.[0-9]{1,15})?([eE][-+]?[0-9]{1,2})?$' THEN p."value"::double precision END, p."value"
FROM "model_version" v JOIN "run_param" p ON p."run_id" = v."run_id";

-- Histories only grow.
CREATE FUNCTION "history_only_grows"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER "gate_set_only_grows" BEFORE UPDATE OR DELETE ON "gate_set" FOR EACH ROW EXECUTE FUNCTION "history_only_grows"();
CREATE TRIGGER "alias_change_only_grows" BEFORE UPDATE OR DELETE ON "alias_change" FOR EACH ROW EXECUTE FUNCTION "history_only_grows"();
