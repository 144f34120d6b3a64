import { Section } from '#components/ui/screen.tsx';
import s from '../experiments.module.css';
import { type Compared, classLines } from './compared.ts';
import { FiguresTable } from './figures-table.tsx';

/** Precision, recall and F1 of each class, run beside run. */
export function ClassesSection({ compared }: { compared: readonly Compared[] }) {
  return (
    <Section divided padded title="By class" caption="differences to the reference in points">
      <div className={s.wide}>
        <FiguresTable
          compared={compared}
          lines={classLines(compared)}
          measures={['precision', 'recall', 'f1']}
          what="Class"
          label="Figures by class"
        />
      </div>
    </Section>
  );
}
