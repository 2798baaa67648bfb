import { jsonSchema } from '../estate/spec/json-schema';
import { didYouMean } from '../estate/spec/suggest';
import { ToolError } from './app';

/** Flags of `estate schema`. */
export interface SchemaFlags {
  /** Of variants instead of whole estates. */
  readonly variant?: boolean;
}

/** What `estate schema` prints: the JSON Schema of estate files, or of what a command prints with `--json`. */
export function schemaReport(document: string | undefined, { variant }: SchemaFlags): string {
  if (document === undefined) return JSON.stringify(jsonSchema(variant === true ? 'variant' : 'estate'), undefined, 2);
  if (variant) throw new ToolError('--variant is about estate files', `leave out --variant, or "${document}"`);
  const { isJsonDocument, JSON_DOCUMENTS, jsonDocumentSchema }: typeof import('./json') = require('./json');
  if (isJsonDocument(document)) return JSON.stringify(jsonDocumentSchema(document), undefined, 2);
  const known = Object.keys(JSON_DOCUMENTS);
  const hint = didYouMean(document, known);
  throw new ToolError(`there is no document "${document}"${hint}`, `documents: ${known.join(', ')}`);
}
