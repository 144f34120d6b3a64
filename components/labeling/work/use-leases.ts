'use client';
import { useEffect, useRef } from 'react';
import { useTRPCClient } from '#components/shell/trpc.ts';

const ACTS = ['keydown', 'pointerdown', 'wheel', 'touchstart', 'focus'] as const;
const MOST = 12;

/**
 * Prolongs the leases of what lies ahead while somebody is there: a third of a lease after each other, and at once
 * when a person comes back after a long pause. Without a sign of life the leases run out and others get the items.
 */
export function useLeases(o: {
  project: string;
  labeling: string;
  leaseSeconds: number;
  held: () => string[];
  onLost: (itemIds: string[]) => void;
}): void {
  const client = useTRPCClient();
  const latest = useRef(o);
  latest.current = o;
  const { leaseSeconds } = o;
  useEffect(() => {
    const every = (leaseSeconds * 1000) / 3;
    let active = true;
    let last = Date.now();
    const renew = async () => {
      const { project, labeling, held } = latest.current;
      const itemIds = held().slice(0, MOST);
      last = Date.now();
      active = false;
      if (itemIds.length === 0) return;
      try {
        const answer = await client.labeling.renew.mutate({ project, labeling, itemIds });
        const still = new Set(answer.held.map((item) => item.id));
        const now = new Set(latest.current.held());
        const lost = itemIds.filter((id) => !still.has(id) && now.has(id));
        if (lost.length > 0) latest.current.onLost(lost);
      } catch {
        // No connection: the answers are kept all the same, and the next sign of life tries again.
        active = true;
      }
    };
    const onAct = () => {
      active = true;
      if (Date.now() - last > every * 1.5) void renew();
    };
    const timer = setInterval(() => {
      if (active && !document.hidden) void renew();
    }, every);
    for (const act of ACTS) window.addEventListener(act, onAct, { passive: true });
    return () => {
      clearInterval(timer);
      for (const act of ACTS) window.removeEventListener(act, onAct);
    };
  }, [client, leaseSeconds]);
}
