-- Stages become the project's own. The columns keep their data; the type "stage" stays until the release after this one:
-- with the cast below, the last release goes on reading, comparing and writing these columns while this one starts.
CREATE CAST ("stage" AS text) WITH INOUT AS IMPLICIT;

ALTER TABLE "model_version" ALTER COLUMN "stage" DROP DEFAULT;
ALTER TABLE "model_version" ALTER COLUMN "stage" TYPE TEXT USING "stage"::text;
ALTER TABLE "model_version" ALTER COLUMN "stage" SET DEFAULT 'development';

ALTER TABLE "stage_change"
  ALTER COLUMN "from" TYPE TEXT USING "from"::text,
  ALTER COLUMN "to" TYPE TEXT USING "to"::text;

ALTER TABLE "promotion_request" ALTER COLUMN "target_stage" TYPE TEXT USING "target_stage"::text;

-- CreateTable
CREATE TABLE "project_stage" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_stage_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "project_stage_role_check" CHECK ("role" IN ('start', 'gate', 'serving', 'end'))
);

-- CreateIndex
CREATE UNIQUE INDEX "project_stage_project_id_name_key" ON "project_stage"("project_id", "name");

-- Every project has the four usual stages from its first moment, whoever makes it (the last release too).
CREATE FUNCTION "make_usual_stages"(project UUID) RETURNS void
LANGUAGE sql
AS $$
  INSERT INTO "project_stage" ("id", "project_id", "name", "title", "place", "role", "description")
  VALUES
    (gen_random_uuid(), project, 'development', 'Development', 0, 'start', 'Registered; nothing depends on it.'),
    (gen_random_uuid(), project, 'staging', 'Staging', 1, 'gate', 'Passed its gates; ready to be tried.'),
    (gen_random_uuid(), project, 'production', 'Production', 2, 'serving', 'Answers the callers.'),
    (gen_random_uuid(), project, 'archived', 'Archived', 3, 'end', 'Kept for the record.');
$$;

CREATE FUNCTION "project_gets_stages"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM "make_usual_stages"(NEW."id");
  RETURN NULL;
END;
$$;

SELECT "make_usual_stages"("id") FROM "project";

CREATE TRIGGER "project_gets_stages"
AFTER INSERT ON "project"
FOR EACH ROW EXECUTE FUNCTION "project_gets_stages"();

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_project_id_stage_fkey" FOREIGN KEY ("project_id", "stage") REFERENCES "project_stage"("project_id", "name") ON DELETE RESTRICT ON UPDATE RESTRICT;
