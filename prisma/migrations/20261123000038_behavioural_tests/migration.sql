-- CreateTable
CREATE TABLE "behaviour_test" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "capability" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "severity" TEXT NOT NULL DEFAULT 'advisory',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "input" JSONB NOT NULL,
    "expect" TEXT NOT NULL DEFAULT '',
    "changes" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "origin" JSONB,
    "origin_key" TEXT,
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by_name" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "behaviour_test_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "row_tag" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "dataset_version_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "row_tag_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "behaviour_test_project_id_model_id_idx" ON "behaviour_test"("project_id", "model_id");

-- CreateIndex
CREATE UNIQUE INDEX "behaviour_test_model_id_origin_key_key" ON "behaviour_test"("model_id", "origin_key");

-- CreateIndex
CREATE INDEX "row_tag_project_id_idx" ON "row_tag"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "row_tag_dataset_version_id_row_tag_key" ON "row_tag"("dataset_version_id", "row", "tag");

-- AddForeignKey
ALTER TABLE "behaviour_test" ADD CONSTRAINT "behaviour_test_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "row_tag" ADD CONSTRAINT "row_tag_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
