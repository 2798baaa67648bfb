import { type AcceptedValues, PROVIDERS, type ProviderName } from '../schema';
import recorded from './completed.json';
import confirmed from './confirmed.json';
import names from './names.json';
import { type FactTable, rowsOf } from './rows';

type ByPath = Readonly<Record<string, AcceptedValues>>;

/** What providers accept that was not recorded with their schemas: found by asking the providers themselves. */
const COMPLETED: {
  /** By the argument's path, for every type of which only is known that it is checked, or that a pattern was inferred. */
  readonly anywhere: Readonly<Record<ProviderName, ByPath>>;
  readonly values: FactTable<ByPath>;
} = recorded;

/** Paths whose recorded patterns were inferred, and then held against what the providers say of some 170 texts each. */
const CONFIRMED: FactTable<readonly string[]> = confirmed;

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
  const anywhere = Object.entries(COMPLETED.anywhere[provider]).filter(([path]) => isVague(values?.[path]));
  const names = rowsOf(NAMES, release, typeName).map((row) => ({ name: { learned: false, ...row } }));
  const sure = rowsOf(CONFIRMED, release, typeName).map((paths) =>
    Object.fromEntries(paths.map((path) => [path, { learned: false }])),
  );
  const layers: readonly ByPath[] = [
    Object.fromEntries(anywhere),
    ...sure,
    ...rowsOf(COMPLETED.values, release, typeName),
    ...names,
  ];
  const found = layers.flatMap((layer) => Object.entries(layer));
  if (found.length === 0) return values;
  const completed: Record<string, AcceptedValues> = { ...values };
  for (const [path, more] of found) completed[path] = { ...completed[path], ...more };
  return completed;
}

function isVague(values: AcceptedValues | undefined): boolean {
  return values?.learned === true || (values?.checked === true && Object.keys(values).length === 1);
}
