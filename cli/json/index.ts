import { z } from 'zod';
import { explainDocument, lockDocument, rulesDocument, validateDocument } from './checks';
import { diffDocument } from './diff';
import { planDocument } from './plan';
import { firstApplyDocument } from './runbook';
import {
  accessRows,
  addressRows,
  capacityRows,
  commitmentRows,
  findingRows,
  ownerRows,
  powerRows,
  quotaRows,
  stackRows,
} from './show';

/** What commands print with `--json`, by the command. */
export const JSON_DOCUMENTS = {
  diff: diffDocument,
  explain: explainDocument,
  lock: lockDocument,
  plan: planDocument,
  rules: rulesDocument,
  'runbook-first-apply': firstApplyDocument,
  'show-access': accessRows,
  'show-addresses': addressRows,
  'show-capacity': capacityRows,
  'show-commitments': commitmentRows,
  'show-findings': findingRows,
  'show-owners': ownerRows,
  'show-power': powerRows,
  'show-quotas': quotaRows,
  'show-stacks': stackRows,
  validate: validateDocument,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** Name of what a command prints with `--json`. */
export type JsonDocument = keyof typeof JSON_DOCUMENTS;

/** Whether there is a document of a name. */
export function isJsonDocument(name: string): name is JsonDocument {
  return Object.hasOwn(JSON_DOCUMENTS, name);
}

/** The JSON Schema of what a command prints with `--json`; it lets keys be that a later release adds. */
export function jsonDocumentSchema(name: JsonDocument): object {
  const title = `estate ${name.replace('-', ' ')} --json`;
  const { $schema, ...schema } = z.toJSONSchema(JSON_DOCUMENTS[name], {
    target: 'draft-7',
    reused: 'inline',
    override: ({ jsonSchema: node }) => {
      if (node.additionalProperties === false) delete node.additionalProperties;
    },
  });
  return { $schema, title, ...schema };
}
