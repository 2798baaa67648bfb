import { CATALOG, CLOUDS, NETWORK_RANGES } from '../../catalog';
import { type Cidr, cidr, cidrsOverlap, formatCidr, parseCidr } from '../../cidr';
import { canonicalHint } from '../canonical';
import type { Path } from '../positions';
import { quote } from '../words';
import type { Rule } from './rule';

/** Supernets and excluded blocks are canonical; supernets keep clear of each other and of the ranges of pods. */
export const addressing: Rule = {
  code: 'Addressing',
  severity: 'error',
  summary: 'supernets and excluded blocks are canonical; supernets keep clear of each other and of the ranges of pods',
  why: 'an address that is used twice cannot be routed',
  check({ addressing: settings }, report) {
    const parse = (text: string, path: Path): Cidr | undefined => {
      const block = parseCidr(text);
      if (block === undefined) {
        report({
          path,
          value: text,
          message: `${quote(text)} is not a canonical IPv4 block`,
          hint: canonicalHint(text),
        });
      }
      return block;
    };
    for (const [index, text] of settings.exclude.entries()) parse(text, ['addressing', 'exclude', index]);
    for (const [index, { cidr: text }] of settings.used.entries()) parse(text, ['addressing', 'used', index, 'cidr']);
    const shared = [
      settings.pods ?? NETWORK_RANGES.pods.cidr,
      settings.services ?? NETWORK_RANGES.servicesPool.cidr,
    ].flatMap((text) => parseCidr(text) ?? []);
    const supernets: { readonly name: string; readonly block: Cidr }[] = shared.map((block) => ({
      name: 'that pods and services of every cluster use',
      block,
    }));
    for (const cloud of CLOUDS) {
      const own = settings.supernets[cloud];
      const path = ['addressing', 'supernets', cloud];
      const block = own === undefined ? cidr(NETWORK_RANGES.supernets[cloud].cidr) : parse(own, path);
      if (block === undefined) continue;
      const clash = supernets.find((one) => cidrsOverlap(one.block, block));
      if (own !== undefined && block.prefix > NETWORK_RANGES.siteBlockPrefix) {
        const message = `${own} has no room for a network of /${NETWORK_RANGES.siteBlockPrefix}`;
        report({ path, value: own, message, hint: `give a block of /${NETWORK_RANGES.siteBlockPrefix} or larger` });
      } else if (clash !== undefined) {
        const mine = own === undefined ? ` (the default of ${CATALOG[cloud].title})` : '';
        const message = `${formatCidr(block)}${mine} overlaps ${formatCidr(clash.block)} ${clash.name}`;
        report({ path, message, hint: `set addressing.supernets.${cloud} to another block` });
      }
      supernets.push({ name: `of ${CATALOG[cloud].title}`, block });
    }
  },
};
