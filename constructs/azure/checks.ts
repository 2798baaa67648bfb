import type { IConstruct } from 'constructs';
import { isPrivateRange } from '../../estate/catalog/ranges';
import type { Sourced } from '../../estate/catalog/types';
import type { Tags } from '../../estate/units';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkRange } from '../terraform-checks';
import { type ParsedId, parseResourceId } from './names';

/** Most tags of one resource. */
const MOST_TAGS: { readonly value: number } & Sourced = {
  value: 50,
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
  checked: '2026-11',
};

/** Most tags of one key in a vault. */
export const MOST_KEY_TAGS: { readonly value: number } & Sourced = {
  value: 15,
  source: 'https://learn.microsoft.com/azure/key-vault/keys/about-keys-details',
  checked: '2026-11',
};

/** Fails where a name is empty, or not known yet: ids and the names of other things are made of it. */
export function checkName(scope: IConstruct, what: string, name: string): void {
  if (name !== '' && !Token.isUnresolved(name)) return;
  const got = name === '' ? 'is empty' : 'is known only when it is applied';
  throw new ConstructError(scope, 'NameInvalid', `the name of ${what} ${got}: give it letters that are known now`);
}

/** Fails where a number of nodes is no whole number of at least `least`. */
export function checkNodeCount(scope: IConstruct, what: string, nodeCount: number, least = 0): void {
  if (Token.isUnresolved(nodeCount) || (Number.isInteger(nodeCount) && nodeCount >= least)) return;
  throw new ConstructError(
    scope,
    'CountInvalid',
    `${what} has ${nodeCount} nodes: it takes a whole number, ${least} or more`,
  );
}

/** Fails where there are more tags than Azure takes on one resource. */
export function checkTags(scope: IConstruct, what: string, tags: Tags = {}, most = MOST_TAGS.value): void {
  const { length } = Object.keys(tags);
  if (length <= most) return;
  throw new ConstructError(scope, 'TagInvalid', `${what} has ${length} tags: Azure takes ${most}; leave some out`);
}

/** Fails where an address or a range is none of public addresses: firewalls of services see no others. */
export function checkPublic(scope: IConstruct, what: string, text: string): void {
  const range = checkRange(scope, what, Token.isUnresolved(text) || text.includes('/') ? text : `${text}/32`);
  if (range === undefined || !isPrivateRange(range)) return;
  const way = 'name public addresses, or the subnet that has the private ones';
  throw new ConstructError(scope, 'RangeInvalid', `${what} is ${text}, which no firewall of Azure sees: ${way}`);
}

/** The parts of an id of a type; nothing where it is known only when it is applied. Fails where it is another one. */
export function checkId(scope: IConstruct, what: string, type: string, id: string): ParsedId | undefined {
  if (Token.isUnresolved(id)) return undefined;
  const parsed = parseResourceId(id, type);
  if (parsed !== undefined) return parsed;
  const [namespace = '', ...types] = type.split('/');
  const form = types.map((segment) => `${segment}/NAME`).join('/');
  throw new ConstructError(
    scope,
    'IdInvalid',
    `"${id}" is not the id of ${what}: it looks like /subscriptions/S/resourceGroups/G/providers/${namespace}/${form}`,
  );
}
