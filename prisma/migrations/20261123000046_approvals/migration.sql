-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "promotion_status" ADD VALUE 'changes';
ALTER TYPE "promotion_status" ADD VALUE 'expired';

-- AlterTable
ALTER TABLE "promotion_request" ADD COLUMN     "accepted" JSONB,
ADD COLUMN     "emergency" TEXT,
ADD COLUMN     "evidence_hash" CHAR(64),
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "responsible_id" UUID,
ADD COLUMN     "review_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "review_reminded_at" TIMESTAMPTZ(3),
ADD COLUMN     "review_text" TEXT,
ADD COLUMN     "review_verdict" TEXT,
ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reviewed_by_id" UUID,
ADD COLUMN     "reviewed_by_name" TEXT,
ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "rule" JSONB,
ADD COLUMN     "suite_run_id" UUID;

-- CreateTable
CREATE TABLE "promotion_evidence" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "evidence" JSONB NOT NULL,
    "sections" JSONB NOT NULL DEFAULT '[]',
    "prepared_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotion_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_decision" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "for_id" UUID,
    "for_name" TEXT,
    "reason" TEXT NOT NULL,
    "accepted" JSONB NOT NULL DEFAULT '{}',
    "evidence_hash" CHAR(64),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotion_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_thread" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "about" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "resolved_by_name" TEXT,

    CONSTRAINT "promotion_thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_comment" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "author_id" UUID,
    "author_kind" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "mentions" UUID[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotion_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "from_name" TEXT NOT NULL,
    "to_id" UUID NOT NULL,
    "to_name" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_rule" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by_name" TEXT NOT NULL,

    CONSTRAINT "approval_rule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "promotion_evidence_project_id_idx" ON "promotion_evidence"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_evidence_request_id_round_key" ON "promotion_evidence"("request_id", "round");

-- CreateIndex
CREATE INDEX "promotion_decision_request_id_at_idx" ON "promotion_decision"("request_id", "at");

-- CreateIndex
CREATE INDEX "promotion_decision_project_id_idx" ON "promotion_decision"("project_id");

-- CreateIndex
CREATE INDEX "promotion_thread_request_id_idx" ON "promotion_thread"("request_id");

-- CreateIndex
CREATE INDEX "promotion_thread_project_id_idx" ON "promotion_thread"("project_id");

-- CreateIndex
CREATE INDEX "promotion_comment_thread_id_at_idx" ON "promotion_comment"("thread_id", "at");

-- CreateIndex
CREATE INDEX "promotion_comment_project_id_idx" ON "promotion_comment"("project_id");

-- CreateIndex
CREATE INDEX "delegation_project_id_to_id_idx" ON "delegation"("project_id", "to_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_rule_project_id_place_stage_key" ON "approval_rule"("project_id", "place", "stage");

-- AddForeignKey
ALTER TABLE "promotion_evidence" ADD CONSTRAINT "promotion_evidence_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "promotion_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_decision" ADD CONSTRAINT "promotion_decision_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "promotion_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_thread" ADD CONSTRAINT "promotion_thread_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "promotion_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_comment" ADD CONSTRAINT "promotion_comment_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "promotion_thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;
