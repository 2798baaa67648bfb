import { CATALOG } from '../../catalog';
import { API_ACCESS, RUNNER_ACCESS } from '../../catalog/access';
import { isPrivateRange } from '../../catalog/ranges';
import { type Cidr, parseCidr } from '../../cidr';
import { type AccessEntry, accessEntries, rangesOf, runnerRangesOf } from '../access';
import { canonicalHint } from '../canonical';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

/** Ranges that reach something are canonical, and such as the cloud can let in. */
export const accessRange: Rule = {
  code: 'AccessRange',
  severity: 'error',
  summary: 'ranges that reach API servers, and from which applies come, are canonical and such as the cloud can let in',
  why: 'the provider refuses others, or lets in nobody by them',
  source: API_ACCESS.azure.source,
  check(estate, report) {
    for (const entry of accessEntries(estate)) {
      for (const finding of [...apiFindings(entry), ...runnerFindings(entry)]) report(finding);
    }
  },
};

function apiFindings(entry: AccessEntry): readonly Finding[] {
  const { ranges, instead, source } = API_ACCESS[entry.cloud];
  const { title } = CATALOG[entry.cloud];
  return rangesOf(entry).flatMap(({ path, text }): readonly Finding[] => {
    const block = parseCidr(text);
    if (block === undefined) return [notCanonical(path, text)];
    if (ranges === 'any' || isPrivateRange(block)) return [];
    const message = `${text} is public, and an API server on ${title} has no public address`;
    return [{ path, value: text, message, hint: `${instead} (${source})` }];
  });
}

function runnerFindings(entry: AccessEntry): readonly Finding[] {
  const row = RUNNER_ACCESS[entry.cloud];
  // Where a runner has no meaning, another rule says so.
  if (row === undefined || !('runner' in entry.access)) return [];
  const ranges = runnerRangesOf(entry).flatMap(({ path, text }): readonly Finding[] => {
    const block: Cidr | undefined = parseCidr(text);
    if (block === undefined) return [notCanonical(path, text)];
    if (!isPrivateRange(block)) return [];
    const message = `${text} is private, and ${row.what} sees public addresses only`;
    return [{ path, value: text, message, hint: `name the subnet of the runner, by its id (${row.source})` }];
  });
  const subnets = (entry.access.runner?.subnets ?? []).flatMap((id, index): readonly Finding[] => {
    if (row.subnet.test(id)) return [];
    const path = [...entry.path, 'runner', 'subnets', index];
    const hint = 'such as /subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V/subnets/N';
    return [{ path, value: id, message: `${quote(id)} is not the resource id of a subnet`, hint }];
  });
  return [...ranges, ...subnets];
}

function notCanonical(path: Finding['path'], text: string): Finding {
  return { path, value: text, message: `${quote(text)} is not a canonical IPv4 block`, hint: canonicalHint(text) };
}
