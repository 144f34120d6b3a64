import type { Stage } from './stages.schema.ts';

/** The four stages that every project begins with, as the database makes them. For tests. */
export function usualStages(): Stage[] {
  return [
    { name: 'development', title: 'Development', place: 0, role: 'start', description: '' },
    { name: 'staging', title: 'Staging', place: 1, role: 'gate', description: '' },
    { name: 'production', title: 'Production', place: 2, role: 'serving', description: '' },
    { name: 'archived', title: 'Archived', place: 3, role: 'end', description: '' },
  ];
}
