import { z } from 'zod';
import { estateSchema } from './schema';

/**
 * The JSON Schema of estate files, for editors.
 *
 * Draft 7 is what the YAML language server knows best. It describes what may be written, so keys with a default are
 * optional; the pattern that says what a date is stays out, for `format` says it better.
 */
export function jsonSchema(): object {
  return z.toJSONSchema(estateSchema, {
    target: 'draft-7',
    io: 'input',
    reused: 'inline',
    override: ({ jsonSchema: node }) => {
      if (node.format !== undefined) delete node.pattern;
    },
  });
}

/** The text of `estate.schema.json`. */
export function jsonSchemaText(): string {
  return `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
}
