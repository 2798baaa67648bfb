import { createRequire } from 'node:module';
import { isJsonObject, type JsonObject } from '../terraform/document';
import type { GuardName } from './types';

type ServiceSpec = typeof import('@aws-cdk/aws-service-spec');
type Database = ReturnType<ServiceSpec['loadAwsServiceSpecSync']>;
type SpecResource = NonNullable<ReturnType<typeof lookUp>>;
type Property = SpecResource['properties'][string];

let database: Database | undefined;

/** The service specification that the difference library itself decides by, so that both always agree. */
function specification(): Database {
  if (database === undefined) {
    const spec: ServiceSpec = createRequire(require.resolve('@aws-cdk/cloudformation-diff'))(
      '@aws-cdk/aws-service-spec',
    );
    database = spec.loadAwsServiceSpecSync();
  }
  return database;
}

function lookUp(type: string) {
  return specification().lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

/** Properties of the type that a property holds, alone or as elements. */
function membersOf(property: Property): SpecResource['properties'] | undefined {
  let { type } = property;
  while (type.type === 'array' || type.type === 'map') type = type.element;
  return type.type === 'ref' ? specification().get('typeDefinition', type.reference.$ref).properties : undefined;
}

/** Whether changing what lies at a path below a property replaces the resource, although the property alone does not. */
export function replacesInside(type: string, [name, ...rest]: readonly string[]): boolean {
  let property = name === undefined ? undefined : lookUp(type)?.properties[name];
  for (const step of rest) {
    if (property === undefined) return false;
    if (/^\d+$/.test(step)) continue;
    property = membersOf(property)?.[step];
    if (property?.causesReplacement === 'yes') return true;
  }
  return false;
}

/** The fixed name of a resource, when it has one that makes it unique: with it a replacement collides with itself. */
export function fixedName(type: string, properties: JsonObject): string | undefined {
  const [only, ...others] = lookUp(type)?.primaryIdentifier ?? [];
  if (only === undefined || others.length > 0) return undefined;
  const value = properties[only];
  return typeof value === 'string' ? value : undefined;
}

const ATTRIBUTES_OF_VERSIONS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::LaunchTemplate': ['LatestVersionNumber', 'DefaultVersionNumber'],
};

/** Attributes of a resource that any update of it changes. */
export function versionAttributes(type: string): readonly string[] {
  return ATTRIBUTES_OF_VERSIONS[type] ?? [];
}

/** Properties that guard a resource against deletion. */
const GUARDS = ['DeletionProtection', 'DeletionProtectionEnabled', 'EnableTerminationProtection'];

/** What stops the deletion of a resource: its service, or CloudFormation, which retains it. */
export function guardsOf(resource: JsonObject): GuardName[] {
  const properties = isJsonObject(resource.Properties) ? resource.Properties : {};
  return [
    ...(isRetained(resource) ? ['DeletionPolicy' as const] : []),
    ...(GUARDS.some((name) => properties[name] === true) ? ['DeletionProtection' as const] : []),
  ];
}

/** Whether losing a resource is guarded against: it is retained, or the service refuses to delete it. */
export function isGuarded(resource: JsonObject): boolean {
  return guardsOf(resource).length > 0;
}

/** Whether a resource goes on existing when it leaves its stack. */
export function isRetained(resource: JsonObject): boolean {
  return ['Retain', 'RetainExceptOnCreate'].includes(String(resource.DeletionPolicy));
}
