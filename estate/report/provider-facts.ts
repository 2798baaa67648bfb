import type { AccountPlan } from '../plan/types';
import { counted } from '../spec/words';
import { PROVIDER_NAMES, PROVIDERS } from '../terraform-providers';
import { few, type Resolved, type ResolvedFact } from './fact';
import { stackRows } from './views';

/** What of an estate a named release of a provider reaches. */
export function providerFacts({ plan }: Resolved, key: string): readonly ResolvedFact[] {
  const name = PROVIDER_NAMES.find((each) => each === key);
  if (name === undefined) return [];
  const { cloud } = PROVIDERS[name];
  const stacks = stackRows(plan).filter((row) => row.cloud === cloud);
  const value = stacks.length === 0 ? `no stack: the estate has none on ${cloud}` : counted(stacks.length, 'stack');
  const accounts = few(plan.accounts(cloud).map((account) => `accounts.${account.key}`));
  return [{ what: 'pinned by', value, because: accounts || `no account on ${cloud} has a site`, keys: [name] }];
}

/** The release of the provider of an account's stacks, where the estate names it. */
export function releaseFacts({ cloud, providerRelease }: AccountPlan): readonly ResolvedFact[] {
  const name = PROVIDER_NAMES.find((each) => PROVIDERS[each].cloud === cloud);
  if (name === undefined || providerRelease === undefined) return [];
  return [{ what: 'provider', value: `${name} ${providerRelease}`, because: `providers.${name}`, keys: ['cloud'] }];
}
