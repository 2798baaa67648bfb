import { z } from 'zod';
import { key, renamedFrom, text } from './schema-parts';

/** Kinds of links: by encrypted tunnels, by a circuit between two providers, or inside one provider. */
export const LINK_KINDS = ['vpn', 'interconnect', 'peering'] as const;

const asn = z.int().min(1).max(4294967294);

/** The company's own network, as the other end of a link. */
export const onPremises = z
  .strictObject({
    name: key.meta({ description: 'Name of the place, for reports.', examples: ['dublin'] }),
    asn: asn.meta({ description: 'Number of its autonomous system (BGP).', examples: [65010], unit: 'number' }),
    addresses: z
      .array(z.ipv4())
      .min(1)
      .max(2)
      .meta({
        description: 'Public addresses of its VPN devices: two survive the loss of one.',
        examples: [['198.51.100.10', '198.51.100.11']],
      }),
    prefixes: z
      .array(text)
      .min(1)
      .meta({ description: 'Blocks that are reached there.', examples: [['10.20.0.0/16']] }),
  })
  .meta({ description: 'The network of the company itself, whose devices its own engineers set up.' });

/** One private connection. */
export const link = z
  .strictObject({
    between: z
      .array(key)
      .min(1)
      .max(2)
      .meta({
        description: 'Keys of the two sites, in any order; of the only one where the other end is `to`.',
        examples: [['ohio', 'eastus2']],
      }),
    to: z.strictObject({ onPremises }).optional().meta({ description: 'The other end, where it is no site.' }),
    kind: z
      .enum(LINK_KINDS)
      .optional()
      .meta({
        description:
          'Encrypted tunnels over the internet with BGP, a circuit between two providers, or what one provider has for its own networks. Default: peering between sites of one cloud, else vpn.',
        examples: ['vpn'],
      }),
    via: key.optional().meta({
      description:
        'Site through which the two reach each other where no direct connection can be made: each has a link with it, and this one makes nothing of its own.',
      examples: ['eastus2'],
    }),
    gbps: z
      .number()
      .positive()
      .optional()
      .meta({
        description: 'Bandwidth that it has to carry, which sizes gateways and circuits. Default: 1.',
        examples: [1, 5, 10],
        unit: 'Gbit/s',
      }),
    availability: z
      .literal([1, 2])
      .default(2)
      .meta({
        description: 'Paths that have to be left one short without an interruption: 2 survives the loss of any one.',
        examples: [2],
        unit: 'paths',
      }),
    accountId: text.optional().meta({
      description:
        'Identifies the other provider’s end of a circuit where it wants to know it, such as the AWS account of an interconnect. Default: that of the other site.',
      examples: ['111122223333'],
    }),
    location: text.optional().meta({
      description: 'Peering location of a circuit, as the provider names it. Default: that of the pair of regions.',
      examples: ['Silicon Valley'],
    }),
    providerServiceId: text.optional().meta({
      description:
        'What Oracle Cloud offers of the other provider in FastConnect, by its OCID; circuits that end there need it, since it is never looked up. It is one of those that `oci network fast-connect-provider-service list --compartment-id TENANCY` prints in the region.',
      examples: ['ocid1.providerservice.oc1.iad.aaaaaaaaexample'],
    }),
    renamedFrom,
  })
  .meta({ description: 'A private connection between two sites, or between a site and the company.' });

/** How a site is connected to others. */
export const siteGateway = z
  .strictObject({
    asn: asn.optional().meta({
      description:
        'Number of the autonomous system (BGP) of its gateway. Oracle Cloud has its own, which is written outside of its commercial realm only. Default: the lock file chooses one.',
      examples: [64520],
      unit: 'number',
    }),
  })
  .optional()
  .meta({ description: 'The gateway through which links reach the site.' });
