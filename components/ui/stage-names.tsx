'use client';
import { createContext, useContext } from 'react';

/** How one step of an order is written and drawn: `filled` of `of` pips. */
export type StageLook = { title: string; filled: number; of: number };

/** The steps that the screen's subject defines, by name; the shell provides them. */
export const StageNames = createContext<ReadonlyMap<string, StageLook>>(new Map());

/** How to write and draw a step; one that is defined no more keeps its name and has no pip. */
export function useStageLook(name: string): StageLook {
  return useContext(StageNames).get(name) ?? { title: name === 'none' ? 'No stage' : name, filled: 0, of: 3 };
}
