import { z } from 'zod';
import { CAPACITY_KINDS, CLOUDS } from '../catalog/types';
import { money } from './schema-money';
import { date, key, text } from './schema-parts';

const country = z.string().regex(/^[A-Z]{2}$/, 'must be the two capital letters of a country (ISO 3166), such as US');
const countries = z.array(country).min(1);
const percent = z
  .string()
  .regex(/^(100|\d{1,2})(\.\d{1,4})?%$/, 'must be a share in percent, such as 60%')
  .refine((value) => Number.parseFloat(value) <= 100, 'must be 100% or less');
const reason = text.meta({ description: 'Why.', examples: ['licence exception, case 2026-44'] });
const source = text.meta({ description: 'Where that is said.', examples: ['export control office, memo of 2026-06'] });

const regions = z
  .strictObject({
    allow: z
      .array(text)
      .min(1)
      .optional()
      .meta({ description: 'Regions in which sites may lie. Default: all.', examples: [['us-east-2', 'eastus2']] }),
    deny: z
      .array(text)
      .min(1)
      .optional()
      .meta({ description: 'Regions in which no site may lie. Default: none.', examples: [['me-south-1']] }),
  })
  .meta({ description: 'Regions in which sites may lie.' });

const byCountry = z
  .strictObject({
    allow: countries
      .optional()
      .meta({ description: 'Countries in which sites may lie. Default: all.', examples: [['US', 'SE']] }),
    deny: countries
      .optional()
      .meta({ description: 'Countries in which no site may lie. Default: none.', examples: [['QA']] }),
  })
  .meta({ description: 'Countries in which sites may lie, by what the catalog or `regionCountries` says of regions.' });

const confinement = z
  .strictObject({
    accelerators: z
      .array(text)
      .min(1)
      .meta({ description: 'Accelerator keys of the catalog.', examples: [['gb300', 'gb200']] }),
    countries: countries.meta({ description: 'Countries that they may not leave.', examples: [['US', 'GB']] }),
    reason,
    source,
  })
  .meta({ description: 'Accelerators that may not leave a list of countries; your data, never legal advice.' });

const residency = z
  .strictObject({
    stores: z
      .array(key)
      .min(1)
      .meta({ description: 'Keys of the stores.', examples: [['checkpoints']] }),
    countries: countries.meta({ description: 'Countries that they may not leave.', examples: [['DE', 'SE']] }),
    reason,
  })
  .meta({ description: 'Stores that may not leave a list of countries.' });

const share = (of: string) =>
  percent.optional().meta({
    description: `Largest share of the ${of} of the estate that one cloud may have. Default: no limit.`,
    examples: ['60%'],
  });

const megawatts = z.number().positive().max(1e6);
const megawattsBy = (what: string, example: string) =>
  z
    .record(key, megawatts)
    .optional()
    .meta({
      description: `Most megawatts of the facility by ${what}. Default: no limit.`,
      examples: [{ [example]: 120 }],
      unit: 'MW',
    });

const survival = z
  .strictObject({
    lose: z
      .string()
      .regex(
        /^any( [1-3])? (cloud|account|region|site|cluster)s?$|^(account|region|site|machine|commitment|cloud):\S+$/,
        'must be what is lost, such as "any cloud", "any 2 sites" or "site:ohio"',
      )
      .meta({
        description:
          'What is lost: `any cloud`, `any account`, `any region`, `any site`, `any cluster`, up to three at once (`any 2 sites`), or one thing as `estate simulate --lose` names it.',
        examples: ['any cloud', 'any 2 sites'],
      }),
    keep: z
      .string()
      .regex(/^(100|\d{1,2})(\.\d{1,4})?% of \S+$/, 'must be a share of something, such as "60% of accelerators"')
      .meta({
        description: 'What has to be left: a share of `accelerators`, of `power`, of `stores`, or of one accelerator.',
        examples: ['60% of accelerators', '50% of gb300'],
      }),
  })
  .meta({ description: 'What has to be left whatever is lost.' });

const waiver = z
  .strictObject({
    rule: text.meta({ description: 'Code of the rule of policy.', examples: ['PolicyRegion'] }),
    path: text.meta({
      description: 'Place that it is waived at, and everything below.',
      examples: ['sites.ohio'],
    }),
    reason,
    until: date.meta({
      description: 'Last day of the waiver, YYYY-MM-DD; `estate validate` warns 30 days before.',
      examples: ['2027-03-31'],
    }),
  })
  .meta({ description: 'Lets one limit be broken at one place until a day.' });

const guard = z
  .strictObject({
    mode: z
      .enum(['dry-run', 'deny'])
      .meta({ description: 'Whether the provider only reports what breaks the limits, or denies it.' }),
    machines: z
      .literal(true)
      .optional()
      .meta({
        description:
          'Whether other machine types than those of the estate are denied too. Default: other ones may be made.',
        examples: [true],
      }),
    targets: z
      .array(text)
      .min(1)
      .optional()
      .meta({
        description:
          'AWS: ids of the roots, organizational units or accounts that the policy is attached to, where this is the management account. Default: the policy is only written.',
        examples: [['ou-ab12-cdefgh34']],
      }),
    compartment: text
      .regex(/^[\w.-]+(:[\w.-]+)*$/, 'must be names of compartments with colons between, such as research:training')
      .optional()
      .meta({
        description:
          'Oracle Cloud: names of the compartments on the way to that of the account, which quotas know by name only. Default: the tenancy, where the account lies in it itself.',
        examples: ['research:training'],
      }),
  })
  .meta({ description: "The limits in the provider's own form, for one account." });

/** Owner keys that entries can be asked for. */
export const OWNER_KEYS = ['owner', 'costCenter'] as const;

/** Limits that an estate must keep. */
export const policy = z
  .strictObject({
    regions: regions.optional(),
    countries: byCountry.optional(),
    regionCountries: z
      .record(text, country)
      .optional()
      .meta({
        description: 'Countries of regions that the catalog does not know. Default: what the catalog knows.',
        examples: [{ 'own-region-1': 'NO' }],
      }),
    confine: z
      .array(confinement)
      .optional()
      .meta({
        description: 'Accelerators that may not leave a list of countries. Default: none.',
        examples: [[{ accelerators: ['gb300'], countries: ['US'], reason: 'class 3A090', source: 'memo of 2026-06' }]],
      }),
    residency: z
      .array(residency)
      .optional()
      .meta({
        description: 'Stores that may not leave a list of countries. Default: none.',
        examples: [[{ stores: ['checkpoints'], countries: ['US'], reason: 'contract with the owners of the data' }]],
      }),
    maxProviderShare: z
      .strictObject({ accelerators: share('accelerators'), power: share('power'), spend: share('spend') })
      .optional()
      .meta({ description: 'Largest share of the estate that one cloud may have.' }),
    maxMegawatts: z
      .strictObject({
        estate: megawatts.optional().meta({
          description: 'Most megawatts of all facilities together. Default: no limit.',
          examples: [900],
          unit: 'MW',
        }),
        clouds: z
          .partialRecord(z.enum(CLOUDS), megawatts)
          .optional()
          .meta({
            description: 'Most megawatts of the facilities by cloud. Default: no limit.',
            examples: [{ aws: 300 }],
            unit: 'MW',
          }),
        accounts: megawattsBy('account', 'aws-main'),
        sites: megawattsBy('site', 'ohio'),
      })
      .optional()
      .meta({ description: 'Most megawatts that facilities draw, with cooling.' }),
    maxSpendPerDay: money
      .optional()
      .meta({ description: 'Most that the estate may cost in a day. Default: no limit.', examples: ['30M USD'] }),
    minClouds: z
      .record(text, z.int().min(1).max(CLOUDS.length))
      .optional()
      .meta({
        description: 'Fewest clouds that have an accelerator, by its key. Default: one.',
        examples: [{ gb300: 2 }],
      }),
    noticeDays: z
      .partialRecord(z.enum(CAPACITY_KINDS), z.int().min(1).max(3650))
      .optional()
      .meta({
        description:
          'Days before capacity of a kind begins by which its provider has to be asked for it, as your contracts say; the calendar tells of them. Default: nothing is told.',
        examples: [{ dedicated: 180, 'capacity-block': 14 }],
        unit: 'days',
      }),
    requireOwner: z
      .array(z.enum(OWNER_KEYS))
      .min(1)
      .optional()
      .meta({
        description:
          'What every cluster, pool and store has to have, by itself or by what it lies in: an `owner` of its own, a cost center. Default: nothing.',
        examples: [['owner', 'costCenter']],
      }),
    survive: z
      .array(survival)
      .optional()
      .meta({
        description: 'What has to be left whatever is lost. Default: nothing.',
        examples: [[{ lose: 'any cloud', keep: '60% of accelerators' }]],
      }),
    waivers: z
      .array(waiver)
      .optional()
      .meta({
        description: 'Limits that may be broken for a while. Default: none.',
        examples: [[{ rule: 'PolicyRegion', path: 'sites.ohio', reason: 'moves in March', until: '2027-03-31' }]],
      }),
    enforce: z
      .record(key, guard)
      .optional()
      .meta({
        description:
          "Accounts in which regions, countries and machines are limited in the provider's own form too, by key. Default: none.",
        examples: [{ 'aws-main': { mode: 'dry-run' } }],
      }),
  })
  .default({})
  .meta({ description: 'Limits that the estate must keep.' });
