'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import s from './cards.module.css';

/** What differs between this card and that of an earlier version. */
export function CardChanges({ model, number, against }: { model: string; number: number; against: number }) {
  const project = useProject();
  const trpc = useTRPC();
  const query = useQuery(trpc.cards.diff.queryOptions({ project: project.name, model, number, against }));
  return (
    <Section title={`What differs from v${against}`}>
      <QueryGate query={query} what="The comparison">
        {(changes) =>
          changes.length === 0 ? (
            <p className="ink-3">Nothing.</p>
          ) : (
            <table className={s.table}>
              <thead>
                <tr>
                  <th scope="col">Where</th>
                  <th scope="col">What</th>
                  <th scope="col">v{against}</th>
                  <th scope="col">v{number}</th>
                </tr>
              </thead>
              <tbody>
                {changes.map((change) => (
                  <tr key={`${change.section}/${change.what}`}>
                    <td className="ink-3">{change.section}</td>
                    <td>{change.what}</td>
                    <td className={s.before}>{change.before ?? '–'}</td>
                    <td className={s.after}>{change.after ?? '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </QueryGate>
    </Section>
  );
}
