'use client';
import { Button } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { EvidenceSection, SectionName } from '#server/domain/evidence/section.schema.ts';
import s from './promotion.module.css';

// Each comes with its first use: the page paints before their code is there.
const Performance = lazy(async () => ({
  default: (await import('#components/evaluations/performance-section.tsx')).PerformanceSection,
}));
const Comparison = lazy(async () => ({
  default: (await import('#components/evaluations/comparison-section.tsx')).ComparisonSection,
}));
const Operation = lazy(async () => ({
  default: (await import('#components/evaluations/operation-section.tsx')).OperationSection,
}));
const Behaviour = lazy(async () => ({ default: (await import('#components/behaviour/behaviour-section.tsx')).BehaviourSection }));
const Robustness = lazy(async () => ({
  default: (await import('#components/behaviour/robustness-section.tsx')).RobustnessSection,
}));
const Fairness = lazy(async () => ({ default: (await import('#components/fairness/fairness-section.tsx')).FairnessSection }));
const Explanation = lazy(async () => ({
  default: (await import('#components/explanations/explanation-section.tsx')).ExplanationSection,
}));

const SHOW: Record<SectionName, (section: EvidenceSection) => ReactNode> = {
  performance: (section) => <Performance section={section} />,
  comparison: (section) => <Comparison section={section} />,
  operation: (section) => <Operation section={section} />,
  behaviour: (section) => <Behaviour data={section.data} />,
  robustness: (section) => <Robustness data={section.data} />,
  fairness: (section) => <Fairness section={section} />,
  explanation: (section) => <Explanation section={section} />,
};

/** What stands above in short already; opened when somebody wants all of it, and on paper. */
const FOLDED: Partial<Record<SectionName, { title: string; caption: string }>> = {
  performance: { title: 'Performance in full', caption: 'all figures, by class and by slice, as the suite measured them' },
  comparison: { title: 'Comparison in full', caption: 'every metric, paired, corrected for their number' },
};

/** One section of the suite, as its slice shows it. */
export function SectionOf({ section }: { section: EvidenceSection }) {
  const folded = FOLDED[section.section];
  const [open, setOpen] = useState(folded === undefined);
  useEffect(() => {
    // On paper nothing can be opened any more.
    const unfold = () => flushSync(() => setOpen(true));
    window.addEventListener('beforeprint', unfold);
    return () => window.removeEventListener('beforeprint', unfold);
  }, []);
  if (folded && !open) {
    return (
      <Section
        padded
        divided
        title={folded.title}
        caption={folded.caption}
        actions={
          <Button size="xs" variant="subtle" aria-expanded={false} onClick={() => setOpen(true)}>
            Show
          </Button>
        }
      >
        {null}
      </Section>
    );
  }
  return (
    <div className={s.section}>
      <Suspense fallback={<LoadingRows rows={3} what={section.section} />}>{SHOW[section.section](section)}</Suspense>
    </div>
  );
}
