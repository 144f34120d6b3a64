-- CreateTable
CREATE TABLE "fairness_policy" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fairness_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "explanation_setting" (
    "model_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "permitted" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by_name" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "explanation_setting_pkey" PRIMARY KEY ("model_id")
);

-- CreateIndex
CREATE INDEX "fairness_policy_project_id_idx" ON "fairness_policy"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "fairness_policy_model_id_number_key" ON "fairness_policy"("model_id", "number");

-- CreateIndex
CREATE INDEX "explanation_setting_project_id_idx" ON "explanation_setting"("project_id");
