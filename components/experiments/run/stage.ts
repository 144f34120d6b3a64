const STAGES = ['development', 'staging', 'production', 'archived'] as const;
type Stage = (typeof STAGES)[number];

/** Whether a text is one of the stages that have a picture. */
export function isStage(text: string): text is Stage {
  return STAGES.some((stage) => stage === text);
}
