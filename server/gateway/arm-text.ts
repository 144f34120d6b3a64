import { lineHead } from '#server/features/predictions/log-line.schema.ts';
import { shortFloat } from '#server/gateway/infer/tensor-json.ts';
import type { ServedArm, ServedRoute } from '#server/gateway/serving.ts';
import type { Classified } from '#server/inference/outputs.ts';

/** What the answers and log lines of one arm have in common, as text that was made once. */
export type ArmText = {
  /** First part of a log line for a token. */
  head(tokenId: string | null): string;
  /** `{"ham":0.9,"spam":0.1}` for the probabilities of one row, seven digits each: they come as 32-bit floats. */
  probabilities(found: Classified): string | null;
  /** End of a prediction in an answer: its version and arm. */
  by: string;
};

const texts = new WeakMap<ServedArm, ArmText>();

/** The texts of an arm; a new routing table has new arms. */
export function armText(route: ServedRoute, arm: ServedArm): ArmText {
  const known = texts.get(arm);
  if (known) return known;
  const made = makeText(route, arm);
  texts.set(arm, made);
  return made;
}

function makeText(route: ServedRoute, arm: ServedArm): ArmText {
  const heads = new Map<string | null, string>();
  const classes = arm.signature.classes ?? [];
  const keys = classes.map((name, i) => `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  return {
    head(tokenId) {
      const known = heads.get(tokenId);
      if (known !== undefined) return known;
      const head = lineHead({
        projectId: route.projectId,
        deploymentId: route.deploymentId,
        modelVersionId: arm.modelVersionId,
        rolloutId: route.rolloutId,
        arm: arm.name,
        provider: arm.info.provider,
        tokenId,
      });
      heads.set(tokenId, head);
      return head;
    },
    probabilities({ probabilities }) {
      if (!probabilities) return null;
      let text = '';
      for (let i = 0; i < keys.length; i++) text += `${keys[i]}${shortFloat(probabilities[classes[i] as string] ?? 0) ?? 0}`;
      return `${text}}`;
    },
    by: `,"model_version":${arm.number},"arm":${JSON.stringify(arm.name)}}`,
  };
}
