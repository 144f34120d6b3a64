/** The filter line of a table of runs. Pure. */

type RunLike = {
  name: string;
  status: string;
  params: Record<string, string>;
  metrics: Record<string, number>;
  launch: { name: string } | null;
  dataset: { name: string; number: number } | null;
};

const OPERATORS: Record<string, (a: number, b: number) => boolean> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
};
const CONDITION = /^([^<>=!]+)(!=|>=|<=|=|>|<)(.+)$/;

/**
 * Whether a run matches every word of the filter. A word is a part of the name, the status, a parameter's value, the launch or the
 * dataset, or a condition on a parameter or a metric: `ngramMax=2`, `test.f1>0.95`, `status!=failed`. Case doesn't matter.
 */
export function matchesRun(run: RunLike, filter: string): boolean {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => {
      const [, key, operator, value] = CONDITION.exec(word) ?? [];
      return key && operator && value !== undefined ? holds(run, { key, operator, value }) : contains(run, word);
    });
}

function contains(run: RunLike, word: string): boolean {
  const dataset = run.dataset ? `${run.dataset.name} v${run.dataset.number}` : '';
  return [run.name, run.status, run.launch?.name ?? '', dataset, ...Object.values(run.params)].some((text) =>
    text.toLowerCase().includes(word),
  );
}

function holds(run: RunLike, { key, operator, value }: { key: string; operator: string; value: string }): boolean {
  const found = read(run, key);
  if (operator === '=') return same(found, value);
  if (operator === '!=') return !same(found, value);
  const compare = OPERATORS[operator];
  return compare !== undefined && found !== undefined && compare(Number(found), Number(value));
}

function read(run: RunLike, key: string): string | undefined {
  if (key === 'name' || key === 'status') return run[key];
  if (key === 'launch') return run.launch?.name;
  const metric = Object.entries(run.metrics).find(([name]) => name.toLowerCase() === key)?.[1];
  return metric === undefined ? Object.entries(run.params).find(([name]) => name.toLowerCase() === key)?.[1] : String(metric);
}

function same(found: string | undefined, value: string): boolean {
  if (found === undefined) return false;
  if (found.toLowerCase() === value) return true;
  return found !== '' && Number(found) === Number(value);
}
