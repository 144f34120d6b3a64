/** An act on its way to the server. The ids are made here, so that sending one twice counts once. */
export type Outgoing =
  | { kind: 'answer'; annotationId: string; itemId: string; label: string; durationMs: number }
  | { kind: 'skip'; annotationId: string; itemId: string; reason: string; durationMs: number }
  | { kind: 'undo'; annotationId: string; itemId: string };

/** `later`: the server can't be reached or failed; `signed-out`: it waits for a sign-in; `final`: it will never take this. */
export type Refusal = 'later' | 'signed-out' | 'final';
export type OutboxState = { waiting: readonly Outgoing[]; trouble: 'none' | 'later' | 'signed-out' };

type Store = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;
type Entry = { key: string; outgoing: Outgoing };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Acts in the order in which they were done, kept in the browser's storage until the server has them: a lost
 * connection, a reload or a closed window loses none. Each entry has a key of its own, so that two windows don't
 * overwrite each other's. One is sent at a time, because an undo must not overtake its answer.
 */
export function createOutbox<Result>(o: {
  storage: Store | null;
  prefix: string;
  send: (outgoing: Outgoing) => Promise<Result>;
  refusalOf: (error: unknown) => Refusal;
  onSent: (outgoing: Outgoing, result: Result) => void;
  onRefused: (outgoing: Outgoing, error: unknown) => void;
  now: () => number;
}) {
  let entries = readEntries(o.storage, o.prefix);
  let trouble: OutboxState['trouble'] = 'none';
  let state: OutboxState = { waiting: entries.map((entry) => entry.outgoing), trouble };
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let stopped = false;
  let counter = 0;
  const listeners = new Set<() => void>();

  const tell = () => {
    state = { waiting: entries.map((entry) => entry.outgoing), trouble };
    for (const listener of listeners) listener();
  };
  const remove = (entry: Entry) => {
    entries = entries.filter((other) => other !== entry);
    o.storage?.removeItem(entry.key);
  };
  const work = async () => {
    for (let entry = entries[0]; entry && !stopped; entry = entries[0]) {
      try {
        const result = await o.send(entry.outgoing);
        remove(entry);
        trouble = 'none';
        attempts = 0;
        tell();
        o.onSent(entry.outgoing, result);
      } catch (error) {
        const refusal = o.refusalOf(error);
        if (refusal === 'final') {
          remove(entry);
          tell();
          o.onRefused(entry.outgoing, error);
          continue;
        }
        trouble = refusal;
        tell();
        timer = setTimeout(flush, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts));
        attempts += 1;
        return;
      }
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    if (stopped) return Promise.resolve();
    running ??= work().finally(() => {
      running = null;
      // Something may have been added after the last look at the list.
      if (entries.length > 0 && trouble === 'none') void flush();
    });
    return running;
  };

  return {
    /** Keeps acts and begins to send them. */
    add(outgoings: readonly Outgoing[]): void {
      for (const outgoing of outgoings) {
        counter += 1;
        const order = `${String(o.now()).padStart(15, '0')}-${String(counter).padStart(6, '0')}`;
        const entry = { key: `${o.prefix}${order}`, outgoing };
        entries = [...entries, entry];
        keep(o.storage, entry);
      }
      if (outgoings.length > 0) tell();
      void flush();
    },
    /** Sends what waits now. Resolves when nothing waits any more or the server can't be reached. */
    flush,
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
    start(): void {
      stopped = false;
      void flush();
    },
    getState: (): OutboxState => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function keep(storage: Store | null, entry: Entry): void {
  try {
    storage?.setItem(entry.key, JSON.stringify(entry.outgoing));
  } catch {
    // The storage is full or forbidden: the answer still waits in memory and is sent from there.
  }
}

function readEntries(storage: Store | null, prefix: string): Entry[] {
  if (!storage) return [];
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key?.startsWith(prefix));
  return keys
    .filter((key) => key !== null)
    .sort()
    .flatMap((key) => {
      const outgoing = parse(storage.getItem(key));
      return outgoing ? [{ key, outgoing }] : [];
    });
}

function parse(text: string | null): Outgoing | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    const known = typeof value === 'object' && value !== null && 'kind' in value && 'annotationId' in value && 'itemId' in value;
    return known ? (value as Outgoing) : null;
  } catch {
    return null;
  }
}
