-- AlterTable
ALTER TABLE "stage_change" ADD COLUMN     "left_at" TIMESTAMPTZ(3);

UPDATE "stage_change" c SET "left_at" = (
  SELECT min(n."at") FROM "stage_change" n WHERE n."model_version_id" = c."model_version_id" AND (n."at", n."id") > (c."at", c."id")
);

-- A change ends the one before it, whichever release writes it; one that is written late finds what came after it.
CREATE FUNCTION "stage_change_ends_the_one_before"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW."left_at" := (
    SELECT min(n."at") FROM "stage_change" n
     WHERE n."model_version_id" = NEW."model_version_id" AND (n."at", n."id") > (NEW."at", NEW."id")
  );
  UPDATE "stage_change" c SET "left_at" = NEW."at"
   WHERE c."model_version_id" = NEW."model_version_id" AND (c."at", c."id") < (NEW."at", NEW."id")
     AND coalesce(c."left_at", 'infinity'::timestamptz) > NEW."at";
  RETURN NEW;
END;
$$;

CREATE TRIGGER "stage_change_ends_the_one_before"
BEFORE INSERT ON "stage_change"
FOR EACH ROW EXECUTE FUNCTION "stage_change_ends_the_one_before"();

-- "What was in this stage at T": changes to it before T that had not ended by then.
CREATE INDEX "stage_change_standing_idx" ON "stage_change"("project_id", "to", (coalesce("left_at", 'infinity'::timestamptz)), "at");
DROP INDEX "stage_change_project_id_to_at_idx";
