import type { QueueItem } from '#server/features/labeling/queue.schema.ts';
import type { Outgoing } from './outbox.ts';

export type Item = Omit<QueueItem, 'leasedUntil'>;
export type Verdict = { label: string; skipReason: null } | { label: null; skipReason: string };
/** An answer that stands as far as this browser knows. */
export type Given = Verdict & { annotationId: string; item: Item };

/**
 * One person's sitting at a queue. Pure: every function returns the session after an act, and what must be sent for
 * it. `ahead[0]` is the item in hand; `past` are the own answers, oldest first; `undone` those taken back, to be redone.
 */
export type Session = { ahead: Item[]; past: Given[]; undone: Given[]; looking: number | null };
export type Act = { session: Session; sends: Outgoing[] };

export const EMPTY_SESSION: Session = { ahead: [], past: [], undone: [], looking: null };

/** What is on the screen: an earlier answer while looking back, else the item in hand. */
export function inView(session: Session): { item: Item | null; given: Given | null } {
  const given = session.looking === null ? undefined : session.past[session.looking];
  return given ? { item: given.item, given } : { item: session.ahead[0] ?? null, given: null };
}

/** Takes in what the server has leased; what is known already stays where it is, what is answered is left out. */
export function arrive(session: Session, items: readonly Item[]): Session {
  const known = new Set([...session.ahead.map((item) => item.id), ...session.past.map((given) => given.item.id)]);
  const fresh = items.filter((item) => !known.has(item.id));
  return fresh.length === 0 ? session : { ...session, ahead: [...session.ahead, ...fresh] };
}

/** Puts answers of earlier sittings before those of this one, so that one can look back and undo through them all. */
export function remember(session: Session, newestFirst: readonly Given[]): Session {
  const known = new Set([...session.ahead.map((item) => item.id), ...session.past.map((given) => given.item.id)]);
  const older = newestFirst.filter((given) => !known.has(given.item.id)).reverse();
  return {
    ...session,
    past: [...older, ...session.past],
    looking: session.looking === null ? null : session.looking + older.length,
  };
}

/** Answers or skips what is in view. While looking back it replaces the earlier answer, and does nothing if it is the same. */
export function give(session: Session, verdict: Verdict, o: { annotationId: string; durationMs: number }): Act {
  const { item, given } = inView(session);
  if (!item) return { session, sends: [] };
  if (given && given.label === verdict.label && given.skipReason === verdict.skipReason)
    return { session: look(session, 1), sends: [] };
  const now: Given = { ...verdict, annotationId: o.annotationId, item };
  const sent = outgoing(now, o.durationMs);
  if (given) {
    const past = session.past.map((other) => (other === given ? now : other));
    return {
      session: look({ ...session, past, undone: [] }, 1),
      sends: [{ kind: 'undo', annotationId: given.annotationId, itemId: item.id }, sent],
    };
  }
  const redone = session.undone.at(-1)?.item.id === item.id;
  return {
    session: {
      ahead: session.ahead.slice(1),
      past: [...session.past, now],
      undone: redone ? session.undone.slice(0, -1) : [],
      looking: null,
    },
    sends: [sent],
  };
}

/** Takes back the answer in view, or the newest one, and puts its item in hand. */
export function undo(session: Session): Act {
  const index = session.looking ?? session.past.length - 1;
  const given = session.past[index];
  if (!given) return { session, sends: [] };
  return {
    session: {
      ahead: [given.item, ...session.ahead.filter((item) => item.id !== given.item.id)],
      past: session.past.filter((other) => other !== given),
      undone: [...session.undone, given],
      looking: null,
    },
    sends: [{ kind: 'undo', annotationId: given.annotationId, itemId: given.item.id }],
  };
}

/** True when the answer taken back last can be given again. */
export function canRedo(session: Session): boolean {
  const last = session.undone.at(-1);
  return last !== undefined && session.looking === null && session.ahead[0]?.id === last.item.id;
}

/** Gives the answer taken back last once more. */
export function redo(session: Session, o: { annotationId: string; durationMs: number }): Act {
  const last = session.undone.at(-1);
  if (!last || !canRedo(session)) return { session, sends: [] };
  return give(session, verdictOf(last), o);
}

/** Looks one answer back (-1) or forward (+1); past the newest one is the item in hand again. */
export function look(session: Session, step: -1 | 1): Session {
  const at = (session.looking ?? session.past.length) + step;
  return { ...session, looking: at < 0 ? session.looking : at >= session.past.length ? null : at };
}

/** Forgets an item that has become somebody else's, and any answer of ours that was not kept for it. */
export function drop(session: Session, itemId: string): Session {
  const past = session.past.filter((given) => given.item.id !== itemId);
  return {
    ahead: session.ahead.filter((item) => item.id !== itemId),
    past,
    undone: session.undone.filter((given) => given.item.id !== itemId),
    looking: past.length === session.past.length ? session.looking : null,
  };
}

/** Corrects an answer to the one that the server holds, given in another window. */
export function settle(session: Session, annotationId: string, kept: { annotationId: string } & Verdict): Session {
  return {
    ...session,
    past: session.past.map((given) => (given.annotationId === annotationId ? { ...given, ...kept } : given)),
  };
}

/** A label or a reason as a verdict. */
export function verdictOf(answer: { label: string | null; skipReason: string | null }): Verdict {
  return answer.label === null ? { label: null, skipReason: answer.skipReason ?? '' } : { label: answer.label, skipReason: null };
}

function outgoing(given: Given, durationMs: number): Outgoing {
  const base = { annotationId: given.annotationId, itemId: given.item.id, durationMs };
  return given.label === null
    ? { kind: 'skip', ...base, reason: given.skipReason }
    : { kind: 'answer', ...base, label: given.label };
}
