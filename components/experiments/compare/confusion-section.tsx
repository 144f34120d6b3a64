import { ConfusionMatrix } from '#components/ui/confusion-matrix.tsx';
import { Section } from '#components/ui/screen.tsx';
import s from '../experiments.module.css';
import type { Compared } from './compared.ts';
import { Letter } from './letter.tsx';

/** The answers of each run, side by side. */
export function ConfusionSection({ compared }: { compared: readonly Compared[] }) {
  return (
    <Section divided padded title="Right and wrong" caption="rows of the test part">
      <div className={s.matrices}>
        {compared.map((one) => (
          <div key={one.run.id}>
            <h3 className={s.matrixHead}>
              <Letter one={one} /> {one.run.name}
            </h3>
            {one.summary ? (
              <ConfusionMatrix
                classes={one.summary.classes}
                counts={one.summary.confusion}
                label={`Answers of ${one.run.name}`}
              />
            ) : (
              <p className="ink-3">It has no figures on a test part.</p>
            )}
          </div>
        ))}
      </div>
    </Section>
  );
}
