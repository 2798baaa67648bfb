import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { estateKeys } from '../../cli/estate-key';
import {
  compareCloudFormation,
  compareTerraform,
  type DiffReport,
  diffReport,
  linkEdits,
  linkLosses,
} from '../../diff';
import type { Plan } from '../../estate/plan/types';
import { stackRows } from '../../estate/report/views';
import type { Exchange } from '../../estate/spec/exchange';
import type { Estate } from '../../estate/spec/schema';
import { linkedEstate, planOf } from '../helpers/linked';
import { synthesizePlan, withFolder } from '../helpers/synth';

/** Two sites with a link between them, and the company. */
function pairEstate(asn = 64513): Estate {
  const estate = linkedEstate({
    pair: { between: ['ohio', 'eastus2'] },
    hq: {
      between: ['ohio'],
      to: { onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/12'] } },
    },
  });
  const { ohio, eastus2 } = estate.sites;
  if (ohio === undefined || eastus2 === undefined) throw new Error('the estate of the tests has both sites');
  return {
    ...estate,
    sites: { ohio: { ...ohio, gateway: { asn: 64512 } }, eastus2: { ...eastus2, gateway: { asn } } },
  };
}

const tunnels = Object.fromEntries(
  (planOf(pairEstate()).links.find(({ key }) => key === 'pair')?.tunnels ?? []).map(({ insideCidr }, index) => {
    return [insideCidr, `52.1.1.${index + 1}`];
  }),
);
const told = (second: string): Partial<Exchange> => ({
  gateways: { eastus2: { addresses: ['20.1.1.1', second] } },
  tunnels: { pair: { ohio: tunnels } },
});

/** What becomes of the stacks of one plan when they become those of another. */
function diffOf(before: Plan, after: Plan): Promise<DiffReport> {
  return withFolder((folder) => {
    const folders = [before, after].map((plan, index) => {
      const path = join(folder, String(index));
      mkdirSync(path);
      synthesizePlan(plan, path);
      return path;
    });
    const [one = '', other = ''] = folders;
    const keyOf = estateKeys(before);
    return diffReport({
      edits: linkEdits(before.links, after.links, (path) => path),
      changes: [
        ...compareCloudFormation(join(one, 'cdk.out'), join(other, 'cdk.out')),
        ...compareTerraform(join(one, 'cdktf.out'), join(other, 'cdktf.out')),
      ],
      rows: stackRows(before),
      ownerOf: (stack, { path }) => {
        const key = keyOf(stack, `${stack}/${path}`) ?? stack;
        return { key, names: [key], holdings: [], becomes: [], isInUse: true };
      },
      links: linkLosses(before, after, (path) => path),
      accept: [],
      base: 'base.yaml',
    });
  });
}

const endsOf = ({ stacks }: DiffReport) =>
  stacks.flatMap(({ stack, resources }) =>
    resources
      .filter(({ isProtected }) => isProtected)
      .map(({ path, noun, action }) => `${action} ${noun} ${stack}/${path}`),
  );

describe('what is made anew in stacks of links', () => {
  const before = planOf(pairEstate(), told('20.1.1.2'));

  test('is the connection to a peer whose address is another one, which leaves the link fewer paths', async () => {
    const report = await diffOf(before, planOf(pairEstate(), told('20.1.1.3')));
    expect(endsOf(report)).toEqual([
      'replaced customer gateway atlas-pair-ohio-link/link/connection-1/peer',
      'replaced VPN connection atlas-pair-ohio-link/link/connection-1/Resource',
    ]);
    expect(report.cut).toEqual([
      {
        path: 'links.pair',
        isWhole: false,
        until: 'until atlas-pair-ohio-link is applied, what it tells imported, and atlas-pair-eastus2-link applied',
      },
    ]);
  });

  test('is every connection to a peer whose autonomous system gets another number', async () => {
    const report = await diffOf(before, planOf(pairEstate(64999), told('20.1.1.2')));
    expect(report.edits).toEqual([{ path: 'links.pair', change: 'ASN of eastus2 64513 -> 64999' }]);
    expect(endsOf(report).filter((each) => each.includes('VPN connection'))).toHaveLength(2);
    expect(report.cut.map(({ path, isWhole }) => [path, isWhole])).toEqual([['links.pair', true]]);
    expect(report.ok).toBe(false);
  });
});
