/**
 * Limited-memory BFGS with a backtracking line search that ends on Armijo's condition.
 * Source: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 7.4 and 7.5, condition 3.6a.
 * Deterministic; meant for smooth convex functions.
 */

/** Fills `gradient` and returns the value at `x`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

type Pair = { s: Float64Array; y: Float64Array; rho: number };

const MEMORY = 10;
const ARMIJO = 1e-4;
const MAX_HALVINGS = 30;

/**
 * Minimises from `x`, in place. Yields after each iteration with the value and the largest entry of the gradient;
 * ends when that is below `tolerance`, when no step helps any more, or after `iterations`.
 */
export function* minimize(
  objective: Objective,
  x: Float64Array,
  o: { iterations: number; tolerance: number },
): Generator<{ iteration: number; value: number; gradient: number }, void> {
  let gradient: Float64Array = new Float64Array(x.length);
  let nextGradient: Float64Array = new Float64Array(x.length);
  const candidate = new Float64Array(x.length);
  const pairs: Pair[] = [];
  let value = objective(x, gradient);
  for (let iteration = 1; iteration <= o.iterations; iteration += 1) {
    if (largest(gradient) < o.tolerance) return;
    const direction = descent(gradient, pairs);
    const slope = dot(direction, gradient);
    let step = pairs.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    let nextValue = Number.POSITIVE_INFINITY;
    let halvings = 0;
    for (; halvings < MAX_HALVINGS; halvings += 1) {
      for (let i = 0; i < x.length; i += 1) candidate[i] = (x[i] ?? 0) + step * (direction[i] ?? 0);
      nextValue = objective(candidate, nextGradient);
      if (nextValue <= value + ARMIJO * step * slope) break;
      step /= 2;
    }
    if (halvings === MAX_HALVINGS) return;
    remember(pairs, { from: x, to: candidate, gradient, nextGradient });
    x.set(candidate);
    value = nextValue;
    const held = gradient;
    gradient = nextGradient;
    nextGradient = held;
    yield { iteration, value, gradient: largest(gradient) };
  }
}

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.slice();
  const alphas: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i -= 1) {
    const pair = pairs[i] as Pair;
    const alpha = pair.rho * dot(pair.s, q);
    alphas[i] = alpha;
    addScaled(q, pair.y, -alpha);
  }
  const newest = pairs.at(-1);
  const gamma = newest ? 1 / (newest.rho * dot(newest.y, newest.y)) : 1;
  for (let i = 0; i < q.length; i += 1) q[i] = (q[i] ?? 0) * gamma;
  pairs.forEach((pair, i) => {
    const beta = pair.rho * dot(pair.y, q);
    addScaled(q, pair.s, (alphas[i] ?? 0) - beta);
  });
  for (let i = 0; i < q.length; i += 1) q[i] = -(q[i] ?? 0);
  return q;
}

/** Keeps the newest step when it has positive curvature; without that the approximation would lose its sense. */
function remember(
  pairs: Pair[],
  o: { from: Float64Array; to: Float64Array; gradient: Float64Array; nextGradient: Float64Array },
): void {
  const s = o.to.slice();
  addScaled(s, o.from, -1);
  const y = o.nextGradient.slice();
  addScaled(y, o.gradient, -1);
  const curvature = dot(s, y);
  if (curvature <= 1e-12 * dot(y, y)) return;
  pairs.push({ s, y, rho: 1 / curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i += 1) to[i] = (to[i] as number) + factor * (from[i] as number);
}

function largest(values: Float64Array): number {
  let result = 0;
  for (const value of values) result = Math.max(result, Math.abs(value));
  return result;
}
