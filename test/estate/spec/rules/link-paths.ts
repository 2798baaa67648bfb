import type { RuleTable } from './table';

const place = (...addresses: readonly string[]) => ({
  onPremises: { name: 'dublin', asn: 65010, addresses, prefixes: ['172.20.0.0/16'] },
});
const LEGS = { one: { between: ['ohio', 'east'] }, other: { between: ['east', 'iowa'] } };
const AROUND = { between: ['ohio', 'iowa'], via: 'east' };

/** Rules on what links stand on. */
export const LINK_PATH_RULES: Readonly<Record<string, RuleTable>> = {
  LinkSinglePath: {
    holds: [
      { links: { ...LEGS, direct: { between: ['ohio', 'iowa'] } } },
      { links: { ...LEGS, around: { ...AROUND, availability: 1 } } },
      { links: { hq: { between: ['ohio'], to: place('198.51.100.10', '198.51.100.11') } } },
      { links: { hq: { between: ['ohio'], to: place('198.51.100.10'), availability: 1 } } },
      // The other device is reached through Azure, whose gateway leads on.
      {
        links: {
          ...LEGS,
          hq: { between: ['ohio'], to: place('198.51.100.10') },
          'hq-east': { between: ['east'], to: place('198.51.100.11') },
        },
      },
      // Of a site that is not there nothing can be said.
      { links: { around: { between: ['ohio', 'ohioo'], via: 'east' }, other: { ...AROUND, via: 'nowhere' } } },
    ],
    fails: [
      [
        { links: { ...LEGS, around: AROUND } },
        'links.around.via',
        'site "east" is all that joins "ohio" and "iowa", and its loss cuts them',
      ],
      [
        { links: { hq: { between: ['ohio'], to: place('198.51.100.10') } } },
        'links.hq.to.onPremises.addresses',
        '"dublin" has one public address for "ohio", and the loss of its device cuts them',
      ],
    ],
  },
};
