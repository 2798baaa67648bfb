import { checkResource } from './checks';
import type { ProviderDiagnostic } from './protocol';
import { checkAccepted } from './rules/accepted';
import { checkAzureTags } from './rules/azure-tags';
import { completedValues } from './rules/completed';
import { checkDeprecated } from './rules/deprecated';
import { checkNulls } from './rules/nulls';
import { checkRelations } from './rules/relations';
import { checkOwnId, checkUnconfigurable } from './rules/unconfigurable';
import { checkUnsent } from './rules/unsent';
import { checkWholeNumbers } from './rules/whole';
import type { ProviderName, RecordedProvider, ResourceSchema } from './schema';
import type { Value } from './values';

function textOfPath(path: ProviderDiagnostic['path']): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/**
 * Everything that the real provider would refuse or warn of in a resource's configuration, as far as its values are known.
 *
 * Terraform itself has checked types, required arguments and numbers of blocks before it asks.
 */
export function validateResource(
  provider: ProviderName,
  recorded: RecordedProvider,
  typeName: string,
  schema: ResourceSchema,
  config: Value,
): ProviderDiagnostic[] {
  const checked = checkResource({ type: typeName, address: '', values: config }, recorded.version);
  return [
    ...checkUnconfigurable(schema.block, config),
    ...checkOwnId(typeName, schema.block, config),
    ...checkNulls(schema.block, config),
    ...checkAzureTags(provider, typeName, schema.block, config),
    ...checkUnsent(recorded, typeName, schema.block, recorded.force_new[typeName] ?? [], config),
    ...checkRelations(schema.block, recorded.rules[typeName], config),
    ...checkAccepted(
      provider,
      typeName,
      schema.block,
      completedValues(provider, typeName, recorded.values[typeName], recorded.version),
      config,
    ),
    ...checkWholeNumbers(recorded, typeName, schema.block, config),
    ...checkDeprecated(typeName, schema.block, config),
    ...checked.map(({ severity = 'error', path, message, hint }) => ({
      severity,
      summary: `Value not accepted for ${textOfPath(path)}`,
      detail: `${message}; ${hint}`,
      path,
    })),
  ];
}
