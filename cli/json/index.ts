import { z } from 'zod';
import { bundleDocument } from './bundle';
import { cacheDocument } from './cache';
import { explainDocument, lockDocument, rulesDocument, validateDocument } from './checks';
import { diffDocument } from './diff';
import { exchangeDocument, importDocument } from './exchange';
import { identityDocument } from './identity';
import { jobDocument } from './job';
import { linksDocument } from './links';
import { planDocument, planShardDocument } from './plan';
import { queueDocument } from './queue';
import { firstApplyDocument, runbookDocument } from './runbook';
import {
  accessRows,
  addressRows,
  alarmsRows,
  calendarRows,
  capacityRows,
  commitmentRows,
  findingRows,
  groupRows,
  logsRows,
  ownerRows,
  powerRows,
  quotaRows,
  spendDocument,
  stackRows,
} from './show';
import { replicationRows } from './show-replication';
import { storeRows } from './show-stores';
import { simulateDocument } from './simulate';

/** What commands print with `--json`, by the command; `plan-shard` is what `estate plan --shard` writes. */
export const JSON_DOCUMENTS = {
  bundle: bundleDocument,
  cache: cacheDocument,
  diff: diffDocument,
  'exchange-import': importDocument,
  'exchange-show': exchangeDocument,
  explain: explainDocument,
  job: jobDocument,
  lock: lockDocument,
  plan: planDocument,
  'plan-shard': planShardDocument,
  rules: rulesDocument,
  'runbook-first-apply': firstApplyDocument,
  'runbook-pool': runbookDocument,
  'runbook-queue': runbookDocument,
  'show-access': accessRows,
  'show-addresses': addressRows,
  'show-alarms': alarmsRows,
  'show-calendar': calendarRows,
  'show-capacity': capacityRows,
  'show-commitments': commitmentRows,
  'show-findings': findingRows,
  'show-groups': groupRows,
  'show-identity': identityDocument,
  'show-links': linksDocument,
  'show-logs': logsRows,
  'show-owners': ownerRows,
  'show-power': powerRows,
  'show-queue': queueDocument,
  'show-quotas': quotaRows,
  'show-replication': replicationRows,
  'show-spend': spendDocument,
  'show-stacks': stackRows,
  'show-stores': storeRows,
  simulate: simulateDocument,
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
  const title = printedBy(name);
  const { $schema, ...schema } = z.toJSONSchema(JSON_DOCUMENTS[name], {
    target: 'draft-7',
    reused: 'inline',
    override: ({ jsonSchema: node }) => {
      if (node.additionalProperties === false) delete node.additionalProperties;
    },
  });
  return { $schema, title, ...schema };
}

/** The command that prints or writes a document. */
export function printedBy(name: string): string {
  return name === 'plan-shard'
    ? 'estate plan --offline --shard N/OF --out FILE'
    : `estate ${name.replace('-', ' ')} --json`;
}
