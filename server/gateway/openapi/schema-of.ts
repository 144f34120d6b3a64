import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/**
 * A zod schema as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. Times are strings in JSON; what JSON Schema
 * can't say (a transformation's outcome) is left open. Definitions that refer to themselves go into `components`.
 * @param name prefix of such definitions, unique in the document
 */
export function schemaOf(
  schema: z.ZodType,
  o: { io: 'input' | 'output'; name: string; components: Record<string, JsonSchema> },
): JsonSchema {
  const {
    $schema: _,
    $defs,
    ...made
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: o.io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  const lifted = (value: JsonSchema): JsonSchema =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', `"#/components/schemas/${o.name}_`)) as JsonSchema;
  for (const [key, value] of Object.entries($defs ?? {})) o.components[`${o.name}_${key}`] = lifted(value);
  return lifted(made);
}
