import { type AcceptedValues, PROVIDERS, type ProviderName } from '../schema';
import recorded from './completed.json';
import names from './names.json';
import { type FactTable, rowsOf } from './rows';

type ByPath = Readonly<Record<string, AcceptedValues>>;

/** What providers accept that was not recorded with their schemas: found by asking the providers themselves. */
const COMPLETED: {
  /** By the argument's path, for every type of which only this much is known: that the argument is checked. */
  readonly anywhere: Readonly<Record<ProviderName, ByPath>>;
  readonly values: FactTable<ByPath>;
} = recorded;

/** What the validators of names say, where they were read and not inferred. */
const NAMES: FactTable<AcceptedValues> = names;

/** The recorded values of a type together with those that were found later. */
export function completedValues(
  provider: ProviderName,
  typeName: string,
  values: ByPath | undefined,
  version: string = PROVIDERS[provider].version,
): ByPath | undefined {
  const release = { name: provider, version };
  const anywhere = Object.entries(COMPLETED.anywhere[provider]).filter(([path]) => isOnlyChecked(values?.[path]));
  const names = rowsOf(NAMES, release, typeName).map((row) => ({ name: { learned: false, ...row } }));
  const own: ByPath = Object.assign({}, ...rowsOf(COMPLETED.values, release, typeName), ...names);
  if (anywhere.length === 0 && Object.keys(own).length === 0) return values;
  const found = Object.entries({ ...Object.fromEntries(anywhere), ...own });
  return { ...values, ...Object.fromEntries(found.map(([path, more]) => [path, { ...values?.[path], ...more }])) };
}

function isOnlyChecked(values: AcceptedValues | undefined): boolean {
  return values?.checked === true && Object.keys(values).length === 1;
}
