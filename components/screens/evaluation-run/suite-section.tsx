import { BehaviourSection } from '#components/behaviour/behaviour-section.tsx';
import { RobustnessSection } from '#components/behaviour/robustness-section.tsx';
import { ComparisonSection } from '#components/evaluations/comparison-section.tsx';
import { OperationSection } from '#components/evaluations/operation-section.tsx';
import { PerformanceSection } from '#components/evaluations/performance-section.tsx';
import { ExplanationSection } from '#components/explanations/explanation-section.tsx';
import { FairnessSection } from '#components/fairness/fairness-section.tsx';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';

/** One section of the evidence, as its slice shows it. */
export function SuiteSection({ section }: { section: EvidenceSection }) {
  if (section.section === 'performance') return <PerformanceSection section={section} />;
  if (section.section === 'comparison') return <ComparisonSection section={section} />;
  if (section.section === 'operation') return <OperationSection section={section} />;
  if (section.section === 'behaviour') return <BehaviourSection data={section.data} />;
  if (section.section === 'robustness') return <RobustnessSection data={section.data} />;
  if (section.section === 'fairness') return <FairnessSection section={section} />;
  return <ExplanationSection section={section} />;
}
