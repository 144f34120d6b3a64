'use client';
import type { NavNotes } from './nav.tsx';

/** What waits where, for the navigation and the bar. */
export function useNotes(_project: string): { notes: NavNotes; needsYou: number } {
  return { notes: {}, needsYou: 0 };
}
