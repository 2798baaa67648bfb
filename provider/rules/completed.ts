import type { AcceptedValues, ProviderName } from '../schema';
import recorded from './completed.json';
import names from './names.json';

type ValuesOfTypes = Readonly<Record<string, Readonly<Record<string, AcceptedValues>>>>;

/** What providers accept that was not recorded with their schemas: found by asking the providers themselves. */
const COMPLETED: {
  /** By the argument's path, for every type of which only this much is known: that the argument is checked. */
  readonly anywhere: Readonly<Record<ProviderName, Readonly<Record<string, AcceptedValues>>>>;
  readonly values: Readonly<Record<ProviderName, ValuesOfTypes>>;
} = recorded;

/** What the validators of names say, where they were read and not inferred. */
const NAMES: Readonly<Record<string, AcceptedValues>> = names.azurerm;

function nameOf(typeName: string): Readonly<Record<string, AcceptedValues>> {
  const row = NAMES[typeName];
  return row === undefined ? {} : { name: { learned: false, ...row } };
}

/** The recorded values of a type together with those that were found later. */
export function completedValues(
  provider: ProviderName,
  typeName: string,
  values: Readonly<Record<string, AcceptedValues>> | undefined,
): Readonly<Record<string, AcceptedValues>> | undefined {
  const anywhere = Object.entries(COMPLETED.anywhere[provider]).filter(([path]) => isOnlyChecked(values?.[path]));
  const own = { ...COMPLETED.values[provider][typeName], ...nameOf(typeName) };
  if (anywhere.length === 0 && Object.keys(own).length === 0) return values;
  const found = Object.entries({ ...Object.fromEntries(anywhere), ...own });
  return { ...values, ...Object.fromEntries(found.map(([path, more]) => [path, { ...values?.[path], ...more }])) };
}

function isOnlyChecked(values: AcceptedValues | undefined): boolean {
  return values?.checked === true && Object.keys(values).length === 1;
}
