import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import s from './evaluations.module.css';

/** What a section could not work out, or found amiss. */
export function SectionProblems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={`warn ${s.problems}`}>
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}

/** A section's data by its schema; old or foreign data is said to be so, and the rest of the page stays. */
export function SectionData<T>({
  section,
  schema,
  children,
}: {
  section: EvidenceSection;
  schema: z.ZodType<T>;
  children: (data: T) => ReactNode;
}) {
  const parsed = schema.safeParse(section.data);
  if (!parsed.success)
    return (
      <p className="ink-2">These results were kept in a form that this version can’t read. Run the suite again to see them.</p>
    );
  return (
    <>
      <SectionProblems problems={section.problems} />
      {children(parsed.data)}
    </>
  );
}
