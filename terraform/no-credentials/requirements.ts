import { isJsonObject, type JsonObject } from '../document';

/** A provider that a stack asks for, as Terraform's `required_providers` says it. */
export interface ProviderRequirement {
  readonly source: string;
  /** Version constraint. @default any version */
  readonly version?: string;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function requirementsOf({ terraform }: JsonObject): ProviderRequirement[] {
  const required = isJsonObject(terraform) ? terraform.required_providers : undefined;
  if (!isJsonObject(required)) return [];
  return Object.entries(required).map(([local, requirement]) =>
    isJsonObject(requirement)
      ? { source: textOf(requirement.source) ?? `hashicorp/${local}`, version: textOf(requirement.version) }
      : { source: `hashicorp/${local}`, version: textOf(requirement) },
  );
}

/** Everything that some documents ask for, each once, in order of their names. */
export function providerRequirements(documents: readonly JsonObject[]): ProviderRequirement[] {
  const found = new Map<string, ProviderRequirement>();
  for (const requirement of documents.flatMap(requirementsOf)) {
    found.set(`${requirement.source} ${requirement.version ?? ''}`, requirement);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, requirement]) => requirement);
}
