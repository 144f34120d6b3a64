/** Rows of tests as one batch of inputs for a graph. Pure and seeded by the words of each row: the same row, the same inputs. */
import { createRandom } from '../random.ts';
import { applyAll, applyEach, type Variant } from './apply.ts';
import { parseChanges } from './changes.ts';
import { type Expectation, parseExpectation } from './notation.ts';
import type { Cell, Instance, RunnableTest, TestedModel } from './test.schema.ts';

export type PlannedTest = {
  test: RunnableTest;
  /** Null with a problem: the row can't be asked. */
  expectation: Expectation | null;
  problem: string | null;
  /** Place of its own input in the batch; its variants follow. */
  at: number;
  variants: Variant[];
};
export type TestPlan = { tests: PlannedTest[]; n: number; columns: Record<string, Cell[]> };

/** All inputs that the rows ask for, in one batch. Rows that can't be asked have a problem and take no place. */
export function planTests(tests: readonly RunnableTest[], model: TestedModel, seed = 0): TestPlan {
  const inputs: Instance[] = [];
  const planned = tests.map((test): PlannedTest => {
    const one = planTest(test, model, seed);
    const at = inputs.length;
    if (one.problem === null) inputs.push(one.input, ...one.variants.map((variant) => variant.input));
    return { test, expectation: one.expectation, problem: one.problem, at, variants: one.problem === null ? one.variants : [] };
  });
  return { tests: planned, n: inputs.length, columns: columnsOf(inputs, model) };
}

/** Inputs as whole columns; a field that an input lacks is missing. */
export function columnsOf(inputs: readonly Instance[], model: TestedModel): Record<string, Cell[]> {
  return Object.fromEntries(model.fields.map(({ name }) => [name, inputs.map((input) => input[name] ?? null)]));
}

type One = { expectation: Expectation | null; problem: string | null; input: Instance; variants: Variant[] };

function planTest(test: RunnableTest, model: TestedModel, seed: number): One {
  const typed = typedInput(test.input, model);
  const none = (problem: string): One => ({ expectation: null, problem, input: {}, variants: [] });
  if (!typed.ok) return none(typed.error);
  const expectation = parseExpectation(test.expect, test.kind, model.classes);
  if (!expectation.ok) return none(expectation.error);
  if (test.kind === 'minimum' || test.kind === 'regression') {
    return { expectation: expectation.value, problem: null, input: typed.value, variants: [] };
  }
  const changes = parseChanges(test.changes, model.fields);
  if (!changes.ok) return none(changes.error);
  if (changes.value.length === 0) {
    return none(
      test.kind === 'invariance' ? 'Say what is changed: typos 5%; upper.' : 'Say what is changed: append "Thank you."',
    );
  }
  const random = createRandom(`${seed} ${test.changes} ${JSON.stringify(test.input)}`);
  const apply = test.kind === 'invariance' ? applyEach : applyAll;
  const variants = apply(typed.value, changes.value, { fields: model.fields, random });
  if (variants.length === 0) return none('These changes change nothing in this input: none of the words stand in it.');
  return { expectation: expectation.value, problem: null, input: typed.value, variants };
}

/** The input with figures where the model takes figures. */
function typedInput(input: Instance, model: TestedModel): { ok: true; value: Instance } | { ok: false; error: string } {
  const value: Instance = {};
  for (const { name, kind } of model.fields) {
    const cell = input[name] ?? null;
    if (kind !== 'number') value[name] = cell === null ? null : String(cell);
    else if (cell === null || cell === '') value[name] = null;
    else if (Number.isFinite(Number(cell))) value[name] = Number(cell);
    else return { ok: false, error: `${name} takes a number; "${String(cell).slice(0, 40)}" is none.` };
  }
  const empty = model.fields.every(({ name }) => value[name] === null || value[name] === '');
  return empty ? { ok: false, error: 'The input is empty: fill in one field at least.' } : { ok: true, value };
}
