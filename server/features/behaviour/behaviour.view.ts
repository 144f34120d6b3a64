import { testTextSchema } from '#server/domain/behaviour/test.schema.ts';
import { originSchema, type StoredTest, type Test } from './behaviour.schema.ts';

/** A row of the table as the editor and programs see it. */
export function toTest(row: StoredTest): Test {
  const { kind, capability, name, severity, enabled, tags, input, expect, changes, note } = row;
  return {
    ...testTextSchema.parse({ kind, capability, name, severity, enabled, tags, input, expect, changes, note }),
    id: row.id,
    version: row.version,
    origin: row.origin === null ? null : originSchema.parse(row.origin),
    createdByName: row.createdByName,
    updatedByName: row.updatedByName,
    updatedAt: row.updatedAt,
  };
}

/** What an entry of the audit keeps of a row: its words, so that nobody can deny what a test said. */
export function toRecord(test: {
  kind: string;
  capability: string;
  name: string;
  input: unknown;
  changes: string;
  expect: string;
}) {
  const { kind, capability, name, changes, expect } = test;
  const input = JSON.stringify(test.input);
  return { kind, capability, name, input: input.length > 400 ? `${input.slice(0, 399)}…` : input, changes, expect };
}
