import {
  getPredictionInput,
  getPredictionOutput,
  predictionFacetsOutput,
  searchPredictionsInput,
  searchPredictionsOutput,
} from '#server/features/predictions/predictions.schema.ts';
import { listPredictionFacets } from '#server/features/predictions/search.service.ts';
import { viewPrediction, viewPredictions } from '#server/features/predictions/viewed.service.ts';
import { projectProcedure, router } from '#server/trpc/procedures.ts';

/** What the deployments of a project have answered. */
export const predictionsRouter = router({
  search: projectProcedure('project:read')
    .input(searchPredictionsInput)
    .output(searchPredictionsOutput)
    .query(({ ctx, input }) => viewPredictions(ctx.scope, input)),
  facets: projectProcedure('project:read')
    .output(predictionFacetsOutput)
    .query(({ ctx }) => listPredictionFacets(ctx.scope)),
  get: projectProcedure('project:read')
    .input(getPredictionInput)
    .output(getPredictionOutput)
    .query(({ ctx, input }) => viewPrediction(ctx.scope, input.id)),
});
