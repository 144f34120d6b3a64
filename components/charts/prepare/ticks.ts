/**
 * Round ticks that cover [low, high]: steps of 1, 2 or 5 times a power of ten, about `count` of them.
 * After Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990.
 */
export function niceTicks(low: number, high: number, count = 6): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (low === high) {
    const room = Math.abs(low) * 0.1 || 1;
    return niceTicks(low - room, high + room, count);
  }
  const raw = (high - low) / Math.max(1, count - 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.8) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Decimals that all of these ticks need to be told apart. */
export function tickDecimals(ticks: readonly number[]): number {
  const step = Math.min(...ticks.slice(1).map((tick, i) => Math.abs(tick - (ticks[i] ?? 0))));
  if (!Number.isFinite(step) || step <= 0) return 0;
  const plain = step.toPrecision(3);
  return Math.min(6, (Number(plain).toString().split('.')[1] ?? '').length);
}

/** Ticks for a logarithmic axis: 1, 2 and 5 times each power of ten within [low, high]; only the powers when there are many. */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0) || !(high > low)) return [];
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const factors = to - from > 4 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let exponent = from; exponent <= to; exponent++) {
    for (const factor of factors) {
      const tick = Number((factor * 10 ** exponent).toPrecision(6));
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}
