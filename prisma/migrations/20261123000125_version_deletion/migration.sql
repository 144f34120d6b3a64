-- DropForeignKey
ALTER TABLE "model_version" DROP CONSTRAINT "model_version_graph_key_fkey";

-- AlterTable
ALTER TABLE "model_version" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_by_name" TEXT,
ADD COLUMN     "deleted_reason" TEXT,
ADD COLUMN     "graph_object_key" CHAR(64);

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_graph_object_key_fkey" FOREIGN KEY ("graph_object_key") REFERENCES "stored_object"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The stored graph belongs to the version until it is deleted; the release before this one writes graph_key only.
UPDATE "model_version" SET "graph_object_key" = "graph_key";

CREATE FUNCTION "model_version_owns_graph"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.graph_object_key := coalesce(NEW.graph_object_key, NEW.graph_key);
  RETURN NEW;
END
$$;
CREATE TRIGGER "model_version_owns_graph" BEFORE INSERT ON "model_version" FOR EACH ROW EXECUTE FUNCTION "model_version_owns_graph"();
