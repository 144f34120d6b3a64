-- CreateEnum
CREATE TYPE "suite_run_status" AS ENUM ('queued', 'running', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "evaluation_suite" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by_name" TEXT,

    CONSTRAINT "evaluation_suite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suite_run" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "model_version_id" UUID NOT NULL,
    "incumbent_id" UUID,
    "status" "suite_run_status" NOT NULL DEFAULT 'queued',
    "reason" TEXT NOT NULL DEFAULT '',
    "settings" JSONB NOT NULL,
    "suite_version" INTEGER NOT NULL,
    "gold" JSONB NOT NULL DEFAULT '[]',
    "gold_hash" TEXT,
    "seed" INTEGER NOT NULL,
    "sections" JSONB,
    "headline" JSONB NOT NULL DEFAULT '[]',
    "progress" JSONB,
    "error" TEXT,
    "failed_row" JSONB,
    "answers_key" CHAR(64),
    "request_id" UUID,
    "job_id" TEXT,
    "requested_by_id" UUID,
    "requested_by_name" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "suite_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gold_version" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "dataset_version_id" UUID NOT NULL,
    "split" TEXT NOT NULL DEFAULT '',
    "content_hash" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "locked_by_id" UUID,
    "locked_by_name" TEXT NOT NULL,
    "locked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_by_name" TEXT,
    "released_at" TIMESTAMPTZ(3),
    "release_reason" TEXT,

    CONSTRAINT "gold_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "evaluation_suite_model_id_key" ON "evaluation_suite"("model_id");

-- CreateIndex
CREATE INDEX "evaluation_suite_project_id_idx" ON "evaluation_suite"("project_id");

-- CreateIndex
CREATE INDEX "suite_run_project_id_model_id_requested_at_idx" ON "suite_run"("project_id", "model_id", "requested_at");

-- CreateIndex
CREATE INDEX "suite_run_model_version_id_requested_at_idx" ON "suite_run"("model_version_id", "requested_at");

-- CreateIndex
CREATE INDEX "gold_version_project_id_dataset_version_id_idx" ON "gold_version"("project_id", "dataset_version_id");

-- AddForeignKey
ALTER TABLE "suite_run" ADD CONSTRAINT "suite_run_answers_key_fkey" FOREIGN KEY ("answers_key") REFERENCES "stored_object"("key") ON DELETE SET NULL ON UPDATE CASCADE;
