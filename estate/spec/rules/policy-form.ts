import { CLOUDS } from '../../catalog';
import { COUNTRIES } from '../../catalog/countries';
import { catalogOf } from '../catalog-of';
import { lookup } from '../lookup';
import { KEPT, parseKeep, parseLose } from '../policy';
import type { Path } from '../positions';
import type { Estate, Policy } from '../schema';
import { didYouMean } from '../suggest';
import { orList, quote } from '../words';
import type { Finding, Rule } from './rule';

/** Limits name what there is, and do not contradict each other. */
export const policyForm: Rule = {
  code: 'PolicyForm',
  severity: 'error',
  summary: 'limits of policy name what there is, and do not contradict each other',
  why: 'a limit of something that is misspelt, or that nothing can keep, holds nothing back',
  check(estate, report) {
    const { policy } = estate;
    const found = [
      ...listFindings(estate, policy),
      ...acceleratorFindings(estate, policy),
      ...survivalFindings(estate, policy),
      ...waiverFindings(policy),
      ...enforceFindings(estate, policy),
      ...spendFindings(estate, policy),
    ];
    for (const { path, ...finding } of found) report({ ...finding, path: ['policy', ...path] });
  },
};

function listFindings(estate: Estate, { regions, countries, regionCountries }: Policy): readonly Finding[] {
  const names = [
    ...CLOUDS.flatMap((cloud) => catalogOf(estate).clouds[cloud].regions.names),
    ...Object.values(estate.sites).map(({ region }) => region),
  ];
  const known = new Set([
    ...CLOUDS.flatMap((cloud) => Object.keys(COUNTRIES[cloud].regions)),
    ...Object.values(regionCountries ?? {}),
  ]);
  const unknown = (key: 'allow' | 'deny', named: readonly string[]) =>
    named.flatMap((region, index): Finding[] => {
      if (names.includes(region)) return [];
      const message = `no cloud has region ${quote(region)}${didYouMean(region, names)}`;
      return [{ path: ['regions', key, index], value: region, message }];
    });
  // A country that has no region may be denied: one may come.
  const empty = (countries?.allow ?? []).flatMap((country, index): Finding[] => {
    if (known.has(country)) return [];
    const message = `no region that is known lies in ${country}`;
    return [{ path: ['countries', 'allow', index], value: country, message, hint: 'such as US, GB or DE (ISO 3166)' }];
  });
  return [
    ...unknown('allow', regions?.allow ?? []),
    ...unknown('deny', regions?.deny ?? []),
    ...empty,
    ...bothWays('regions', regions),
    ...bothWays('countries', countries),
  ];
}

function bothWays(section: string, lists: Policy['regions']): readonly Finding[] {
  return (lists?.deny ?? []).flatMap((value, index): Finding[] => {
    if (lists?.allow?.includes(value) !== true) return [];
    const message = `${quote(value)} is allowed and denied`;
    return [{ path: [section, 'deny', index], value, message, hint: 'keep it in one of the lists' }];
  });
}

function acceleratorFindings(estate: Estate, { confine, minClouds, countries }: Policy): readonly Finding[] {
  const names = Object.keys(catalogOf(estate).accelerators);
  const unknown = (path: Path, name: string, on?: 'key'): readonly Finding[] => {
    if (names.includes(name)) return [];
    const message = `the catalog has no accelerator ${quote(name)}${didYouMean(name, names)}`;
    return [{ path, value: name, message, ...(on && { on }) }];
  };
  const confined = (confine ?? []).flatMap((each, index) => [
    ...each.accelerators.flatMap((name, at) => unknown(['confine', index, 'accelerators', at], name)),
    ...contradiction(each.countries, countries, ['confine', index, 'countries']),
  ]);
  const fewest = Object.keys(minClouds ?? {}).flatMap((name) => unknown(['minClouds', name], name, 'key'));
  return [...confined, ...fewest];
}

/** Where something may be only in countries in which nothing may be. */
function contradiction(only: readonly string[], lists: Policy['countries'], path: Path): readonly Finding[] {
  const isOpen = (country: string) =>
    lists?.allow?.includes(country) !== false && lists?.deny?.includes(country) !== true;
  if (only.some(isOpen)) return [];
  const message = `no site may lie in ${only.join(', ')}`;
  return [{ path, message, hint: 'countries.allow and countries.deny decide that', on: 'key' }];
}

function survivalFindings(estate: Estate, { survive }: Policy): readonly Finding[] {
  return (survive ?? []).flatMap(({ lose, keep }, index): Finding[] => {
    const lost = parseLose(lose, estate);
    const kept = parseKeep(keep, estate);
    return [
      ...(typeof lost === 'string' ? [{ path: ['survive', index, 'lose'], value: lose, message: lost }] : []),
      ...(kept === undefined
        ? [
            {
              path: ['survive', index, 'keep'],
              value: keep,
              message: `nothing is called ${quote(keep.replace(/^.* of /, ''))}`,
              hint: `a share of ${orList(KEPT)}, or of an accelerator of the catalog`,
            },
          ]
        : []),
    ];
  });
}

function waiverFindings({ waivers }: Policy): readonly Finding[] {
  return (waivers ?? []).flatMap(({ rule, path }, index): Finding[] => {
    if (!/^Policy[A-Z]/.test(rule) || rule === policyForm.code) {
      const message = `${quote(rule)} is no limit of policy, so that nothing waives it`;
      return [{ path: ['waivers', index, 'rule'], value: rule, message, hint: '"npx estate rules" lists them' }];
    }
    const first = waivers?.findIndex((other) => other.rule === rule && other.path === path);
    if (first === index) return [];
    return [
      { path: ['waivers', index, 'path'], value: path, message: `${rule} is waived there already`, hint: 'keep one' },
    ];
  });
}

/** Limits of spend where nothing has a price. */
function spendFindings({ prices }: Estate, { maxSpendPerDay, maxProviderShare }: Policy): readonly Finding[] {
  if (prices !== undefined) return [];
  const message = 'nothing is known to cost anything';
  const hint = 'add prices';
  return [
    ...(maxSpendPerDay === undefined ? [] : [{ path: ['maxSpendPerDay'], value: maxSpendPerDay, message, hint }]),
    ...(maxProviderShare?.spend === undefined
      ? []
      : [{ path: ['maxProviderShare', 'spend'], value: maxProviderShare.spend, message, hint }]),
  ];
}

function enforceFindings(estate: Estate, { enforce, regions, countries }: Policy): readonly Finding[] {
  return Object.entries(enforce ?? {}).flatMap(([key, { targets, machines }]): Finding[] => {
    const cloud = lookup(estate.accounts, key)?.cloud;
    const isEmpty = machines === undefined && regions === undefined && countries === undefined;
    const nothing = { path: ['enforce', key], value: key, on: 'key' as const };
    return [
      ...(isEmpty
        ? [{ ...nothing, message: 'there is nothing to enforce', hint: 'add regions, countries or machines: true' }]
        : []),
      ...(targets !== undefined && cloud !== undefined && cloud !== 'aws'
        ? [
            {
              path: ['enforce', key, 'targets'],
              message: `policies of ${cloud} lie in the account itself`,
              hint: 'remove it',
            },
          ]
        : []),
    ];
  });
}
