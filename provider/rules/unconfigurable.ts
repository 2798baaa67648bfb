import type { PathStep, ProviderDiagnostic } from '../protocol';
import { type AttributeSchema, attributesOf, type BlockSchema, blocksOf } from '../schema';
import { isObject, type Value } from '../values';

/** Whether only the provider gives an attribute its value. */
export function isUnconfigurable({ required, optional, computed }: AttributeSchema): boolean {
  return computed === true && required !== true && optional !== true;
}

/** Where a value lies: for Terraform, whose paths end at a set, and for people. */
interface Place {
  readonly steps: readonly PathStep[];
  readonly text: string;
  readonly ended: boolean;
}

function inside({ steps, text, ended }: Place, step: PathStep): Place {
  const label = typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return { steps: ended ? steps : [...steps, step], text: `${text}${label}`, ended };
}

function refusal({ steps, text }: Place, detail: string): ProviderDiagnostic {
  return {
    severity: 'error',
    summary: `Value for unconfigurable attribute ${text}`,
    detail: `${text} cannot be given: ${detail}; remove it`,
    path: steps,
  };
}

const DECIDED = 'the provider alone decides it, when the resource is applied';

function inBlock(block: BlockSchema, config: Value, place: Place): ProviderDiagnostic[] {
  if (!isObject(config)) return [];
  const own = Object.entries(attributesOf(block)).flatMap(([name, attribute]) =>
    isUnconfigurable(attribute) && (config[name] ?? null) !== null ? [refusal(inside(place, name), DECIDED)] : [],
  );
  const nested = Object.entries(blocksOf(block)).flatMap(([name, { block: inner, nesting_mode: mode }]) => {
    const value = config[name] ?? null;
    const at = inside(place, name);
    if (Array.isArray(value)) {
      const from = mode === 'set' ? { ...at, ended: true } : at;
      return value.flatMap((element, index) => inBlock(inner, element, inside(from, index)));
    }
    if (mode === 'map' && isObject(value)) {
      return Object.entries(value).flatMap(([key, element]) => inBlock(inner, element, inside(at, key)));
    }
    return inBlock(inner, value, at);
  });
  return [...own, ...nested];
}

/** Refuses values, known or not, of attributes that only the provider gives one: results that were written as arguments. */
export function checkUnconfigurable(block: BlockSchema, config: Value): ProviderDiagnostic[] {
  return inBlock(block, config, { steps: [], text: '', ended: false });
}

/**
 * Types with an argument `id` of their own; that of every other type is what the SDK keeps the resource's name in.
 *
 * Source: internal/service of oci v8.28.0, resources whose schema has an optional "id"; azurerm v4.81.0 and google
 * v7.45.0 have none. Checked 2026-11.
 */
const TAKE_AN_ID: ReadonlySet<string> = new Set([
  'oci_fleet_software_update_fsu_collection',
  'oci_identity_domains_setting',
  'oci_management_dashboard_management_saved_search',
]);

/** Refuses an id of a resource's own, which the schema calls an argument and no provider takes. */
export function checkOwnId(typeName: string, block: BlockSchema, config: Value): ProviderDiagnostic[] {
  const id = TAKE_AN_ID.has(typeName) ? undefined : attributesOf(block).id;
  if (id?.optional !== true || id.computed !== true || !isObject(config) || (config.id ?? null) === null) return [];
  return [refusal({ steps: ['id'], text: 'id', ended: false }, 'it is what the provider calls the resource')];
}
