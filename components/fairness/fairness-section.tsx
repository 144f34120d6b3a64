'use client';
import { Section } from '#components/ui/screen.tsx';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { fairnessDataSchema } from '#server/features/fairness/fairness.schema.ts';
import { FairnessView } from './fairness-view.tsx';

/** Is it fair, in the meaning that was agreed: a section of a version's evidence. */
export function FairnessSection({ section }: { section: EvidenceSection }) {
  const parsed = fairnessDataSchema.safeParse(section.data);
  return (
    <Section padded divided title="Fairness" caption="figures of groups, with 95 % intervals">
      {parsed.success ? (
        <FairnessView data={parsed.data} problems={section.problems} />
      ) : (
        <p className="ink-3">This part was written in a form that can’t be shown.</p>
      )}
    </Section>
  );
}
