import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../bundle/types';
import type { ProgramFolder } from '../programs';
import { DEFINITIONS, WEBHOOKS } from '../versions';

/** Where a program that runs outside of the cluster answers to it. */
export interface Hook {
  /** Such as `https://127.0.0.1:9443`. */
  readonly url: string;
  /** Certificate of the authority, base64. */
  readonly caBundle: string;
}

interface Definition extends KubeObject {
  readonly spec: { readonly names: { readonly plural: string }; readonly [key: string]: unknown };
}

interface Webhook {
  readonly clientConfig: { readonly service: { readonly path: string } } | { readonly url: string };
  readonly rules: readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }[];
  readonly [key: string]: unknown;
}

interface WebhookConfiguration extends KubeObject {
  readonly webhooks: readonly Webhook[];
}

/** Objects of all files of a folder. */
function objectsOf<T extends KubeObject>(folder: string): T[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
    .map((document) => document.toJS())
    .filter((object) => object?.kind !== undefined);
}

/** Kinds whose old version Kueue turns into the new one; the others are the same in both. */
const CONVERTED: ReadonlySet<string> = new Set([
  'localqueues',
  'clusterqueues',
  'cohorts',
  'workloads',
  'multikueueclusters',
]);

/** A definition as it is where what converts it runs outside of the cluster. */
export function repointDefinition(definition: Definition, hook: Hook): Definition {
  const { conversion: _, ...spec } = definition.spec;
  if (!CONVERTED.has(spec.names.plural)) return { ...definition, spec };
  const webhook = {
    clientConfig: { url: `${hook.url}/convert`, caBundle: hook.caBundle },
    conversionReviewVersions: ['v1'],
  };
  return { ...definition, spec: { ...spec, conversion: { strategy: 'Webhook', webhook } } };
}

/** Kinds that systems have, too: those of their namespaces are left alone. */
const SHARED: ReadonlySet<string> = new Set(['pods', 'deployments', 'statefulsets', 'leaderworkersets']);

const NOT_SYSTEM = {
  matchExpressions: [
    { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'kueue-system'] },
  ],
};

/** Webhooks as they are where what answers them runs outside of the cluster. */
export function repointWebhooks(configuration: WebhookConfiguration, hook: Hook): WebhookConfiguration {
  return {
    ...configuration,
    metadata: { name: `kueue-${configuration.metadata.name}` },
    webhooks: configuration.webhooks.map((webhook) => {
      const isShared = webhook.rules.some(({ resources }) => resources.some((name) => SHARED.has(name)));
      const path = 'service' in webhook.clientConfig ? webhook.clientConfig.service.path : '';
      return {
        ...webhook,
        clientConfig: { url: `${hook.url}${path}`, caBundle: hook.caBundle },
        ...(isShared ? { namespaceSelector: NOT_SYSTEM } : {}),
      };
    }),
  };
}

/** Definitions of kinds. */
export function definitions(programs: ProgramFolder, hook: Hook): KubeObject[] {
  return DEFINITIONS.flatMap((row) => objectsOf<Definition>(programs.manifests(row))).map((definition) =>
    repointDefinition(definition, hook),
  );
}

/** Webhooks of Kueue. */
export function webhooks(programs: ProgramFolder, hook: Hook): KubeObject[] {
  return objectsOf<WebhookConfiguration>(programs.manifests(WEBHOOKS)).map((one) => repointWebhooks(one, hook));
}
