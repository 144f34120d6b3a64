import { ConfusionMatrix } from '#components/ui/confusion-matrix.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { Evidence } from '#server/features/models/evidence.schema.ts';
import s from './promotion.module.css';

/** Right and wrong answers of both versions, in rows. */
export function ConfusionPanel({ evidence }: { evidence: Evidence }) {
  const sides = [...(evidence.incumbent ? [evidence.incumbent] : []), evidence.candidate];
  return (
    <Section padded title="Right and wrong" caption="rows">
      <div className={s.matrices}>
        {sides.map((side) => (
          <div key={side.versionId}>
            <h3>v{side.number}</h3>
            <ConfusionMatrix
              classes={side.summary.classes}
              counts={side.summary.confusion}
              label={`Answers of v${side.number}`}
            />
          </div>
        ))}
      </div>
    </Section>
  );
}
