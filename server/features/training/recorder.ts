import type { TrainProgress } from '#server/training/classifier.ts';

type Point = { key: string; step: number; value: number };
type Progress = { share: number; doing: string; step: number; total: number };

/** Curves are written at most this often: a screen can't show more, and the database has other things to do. */
const WRITE_EVERY_MS = 500;

export type Recorder = {
  /** Takes what the trainer tells; writes it soon. */
  add(progress: TrainProgress): void;
  /** Writes everything now, with another word for what is being done. */
  say(doing: string, at: { step: number; total: number }): Promise<void>;
  /** Writes what is left; throws what a write threw. */
  close(): Promise<void>;
};

/**
 * Gathers what a trainer tells, many times a second, and writes it about twice a second, one write at a time.
 * @param o.write returns false when the run should stop; then `onStop` is called once
 */
export function createRecorder(o: {
  write: (points: Point[], progress: Progress) => Promise<boolean>;
  onStop: () => void;
}): Recorder {
  let points: Point[] = [];
  let progress: Progress = { share: 0, doing: 'reading texts and numbers', step: 0, total: 0 };
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: unknown;
  let stopped = false;

  const write = async () => {
    const taken = points;
    points = [];
    try {
      if ((await o.write(taken, progress)) || stopped) return;
      stopped = true;
      o.onStop();
    } catch (error) {
      failure ??= error;
      o.onStop();
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = (writing ?? Promise.resolve()).then(write);
    return writing;
  };
  const soon = () => {
    timer ??= setTimeout(flush, WRITE_EVERY_MS);
  };
  return {
    add({ step, total, metrics }) {
      const training = step > 0;
      progress = {
        share: training ? 0.1 + (0.8 * step) / total : 0.05,
        doing: training ? `step ${step} of at most ${total}` : 'reading texts and numbers',
        step,
        total,
      };
      for (const [key, value] of Object.entries(metrics)) points.push({ key, step, value });
      soon();
    },
    async say(doing, at) {
      progress = { share: 0.92, doing, ...at };
      await flush();
    },
    async close() {
      if (points.length > 0 && !stopped && !failure) flush();
      clearTimeout(timer);
      await writing;
      if (failure) throw failure;
    },
  };
}
