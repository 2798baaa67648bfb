import { CREATED } from './google-compute';
import { fillIn, isObject, type JsonObject, objectAt, objectsOf, textOf } from './json';

/** A collection of a service that watches, logs, budgets or restricts. */
interface Collection {
  /** Its name, the last but one part of a path. */
  readonly name: string;
  /** Key of a new thing in it. */
  readonly keyOf: (body: JsonObject, query: URLSearchParams, count: number) => string;
  readonly fill: (path: string, thing: JsonObject) => void;
  /** Whether the service answers with an operation, not with the thing. @default false */
  readonly waits?: boolean;
}

/** The service names new things by numbers. */
const numbered = (_: JsonObject, __: URLSearchParams, count: number) => String(1000 + count);

const COLLECTIONS: Readonly<Record<string, readonly Collection[]>> = {
  monitoring: [
    {
      name: 'notificationChannels',
      keyOf: numbered,
      fill: (_, channel) => {
        fillIn(channel, { enabled: true });
        channel.creationRecord = { mutateTime: CREATED };
      },
    },
    {
      name: 'alertPolicies',
      keyOf: numbered,
      fill: (path, policy) => {
        fillIn(policy, { enabled: true });
        policy.creationRecord = { mutateTime: CREATED };
        for (const [index, condition] of objectsOf(policy.conditions).entries()) {
          fillIn(condition, { name: `${path}/conditions/${index + 1}` });
        }
      },
    },
  ],
  logging: [
    {
      name: 'buckets',
      keyOf: (_, query) => query.get('bucketId') ?? '',
      fill: (_, bucket) => {
        fillIn(bucket, { lifecycleState: 'ACTIVE', retentionDays: 30, createTime: CREATED });
        const { cmekSettings } = bucket;
        if (!isObject(cmekSettings)) return;
        fillIn(cmekSettings, {
          kmsKeyVersionName: `${textOf(cmekSettings.kmsKeyName)}/cryptoKeyVersions/1`,
          serviceAccountId: SERVICE_ACCOUNT,
          name: 'cmekSettings',
        });
      },
      waits: true,
    },
    {
      name: 'sinks',
      keyOf: ({ name }) => textOf(name),
      fill: (_, sink) => {
        fillIn(sink, { writerIdentity: `serviceAccount:${SERVICE_ACCOUNT}`, createTime: CREATED });
      },
    },
  ],
  billingbudgets: [
    {
      name: 'budgets',
      keyOf: numbered,
      fill: (_, budget) => {
        const filter = objectAt(budget, 'budgetFilter');
        fillIn(filter, { creditTypesTreatment: 'INCLUDE_ALL_CREDITS', calendarPeriod: 'MONTH' });
        fillIn(budget, { etag: 'e', ownershipScope: 'ALL_USERS' });
      },
    },
  ],
  orgpolicy: [
    {
      name: 'policies',
      keyOf: ({ name }) => textOf(name).split('/').at(-1) ?? '',
      fill: (_, policy) => {
        for (const kind of ['spec', 'dryRunSpec']) {
          if (isObject(policy[kind])) fillIn(policy[kind], { etag: 'e', updateTime: CREATED });
        }
        fillIn(policy, { etag: 'e' });
      },
    },
  ],
  dns: [
    {
      name: 'policies',
      keyOf: ({ name }) => textOf(name),
      fill: (_, policy) => {
        fillIn(policy, { id: '1', kind: 'dns#policy' });
      },
    },
  ],
};

/** The services that are answered here. */
export const GOVERNING_SERVICES: readonly string[] = Object.keys(COLLECTIONS);

/** The account that writes logs. */
const SERVICE_ACCOUNT = 'service-123456789012@gcp-sa-logging.iam.gserviceaccount.com';

/** The settings of a project's logs, which are there without having been made. */
export function logSettings(path: string): JsonObject {
  return { name: path, serviceAccountId: SERVICE_ACCOUNT };
}

/** How a thing of a path is made and kept; undefined where the echo does not know its collection. */
export function governedThing(service: string, rest: string, body: JsonObject, query: URLSearchParams, count: number) {
  const path = rest.replace(/:(createAsync|updateAsync)$/, '');
  const parts = path.split('/');
  const collection = COLLECTIONS[service]?.find(({ name }) => name === parts.at(-1) || name === parts.at(-2));
  if (collection === undefined) return undefined;
  const { keyOf, waits = false } = collection;
  const isNamedByService = service !== 'logging' || collection.name === 'buckets';
  const fill = (at: string, thing: JsonObject): JsonObject => {
    if (isNamedByService && service !== 'dns') thing.name = at;
    collection.fill(at, thing);
    return thing;
  };
  return { path, making: { key: keyOf(body, query, count), fill, waits } };
}
