import { z } from 'zod';
import { AWS_MACHINES } from '../catalog/aws-machines';
import { CAPACITY_KINDS, CLOUDS } from '../catalog/types';
import { parseMoney } from '../units';
import { date, key, text } from './schema-parts';

/** A sum of money with its currency. */
export const money = z
  .string()
  .refine((value) => parseMoney(value) !== undefined, 'must be an amount with a currency, such as "38B USD"')
  .meta({ description: 'Sum of money with its currency.', examples: ['38B USD', '250M EUR'] });

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be the three capital letters of a currency, such as USD');

/** What spend is of, so that commitments can say what draws them down. */
export const SPEND_KINDS = ['machines', 'stores', 'links'] as const;

/** What a price is for one of. */
export const PRICE_UNITS = [
  'node-hour',
  'node-month',
  'accelerator-hour',
  'TiB-month',
  'GiB-month',
  'hour',
  'month',
] as const;

/** Where prices come from: contracts win over lists. */
export const PRICE_RATES = ['list', 'contract'] as const;

const price = z
  .strictObject({
    machine: text.optional().meta({
      description: "The provider's machine type that the price is of.",
      examples: Object.keys(AWS_MACHINES).slice(0, 1),
    }),
    storeKind: z
      .enum(['lustre', 'object'])
      .optional()
      .meta({ description: 'Kind of the stores that the price is of.' }),
    store: key.optional().meta({ description: 'Key of the store that the price is of.', examples: ['scratch'] }),
    link: key.optional().meta({ description: 'Key of the link that the price is of.', examples: ['ohio-phoenix'] }),
    cloud: z.enum(CLOUDS).optional().meta({ description: 'Only on this cloud. Default: wherever it is.' }),
    region: text.optional().meta({
      description: 'Only in this region. Default: in all.',
      examples: ['us-east-2'],
    }),
    account: key.optional().meta({
      description: 'Only in the account with this key. Default: in all.',
      examples: ['aws-main'],
    }),
    capacity: z
      .enum(CAPACITY_KINDS)
      .optional()
      .meta({ description: 'Only of machines that are had in this way. Default: in any.' }),
    rate: z
      .enum(PRICE_RATES)
      .default('list')
      .meta({ description: 'Whether it is on a list or in a contract of ours, which wins over lists.' }),
    price: money.meta({ description: 'What one costs, with its currency.', examples: ['98.32 USD'] }),
    per: z.enum(PRICE_UNITS).meta({
      description: 'What the price is for: a month has 730 hours, as providers reckon. Stores without a size: month.',
    }),
    from: date.optional().meta({
      description: 'First day on which it holds, YYYY-MM-DD. Default: as long as the estate stands.',
      examples: ['2027-01-01'],
    }),
    until: date.optional().meta({
      description: 'Last day on which it holds, YYYY-MM-DD. Default: as long as the estate stands.',
      examples: ['2029-12-31'],
    }),
    source: text.meta({ description: 'Where the price stands.', examples: ['contract 2026-118, annex B'] }),
    date: date.meta({ description: 'Day on which it was read there, YYYY-MM-DD.', examples: ['2026-11-02'] }),
  })
  .meta({ description: 'What one machine, store or link costs, with where that is said.' });

const exchangeRate = z
  .strictObject({
    rate: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,9})?$/, 'must be a decimal number in quotes, such as "1.0842"')
      .meta({ description: 'What one unit of it is worth in the currency of the prices.', examples: ['1.0842'] }),
    source: text.meta({ description: 'Who says so.', examples: ['treasury, planning rate of 2027'] }),
    date: date.meta({ description: 'Day of the rate, YYYY-MM-DD.', examples: ['2026-11-02'] }),
  })
  .meta({ description: 'What one currency is worth in that of the prices.' });

/** The price book of an estate, whole. */
export const priceBook = z
  .strictObject({
    currency: currency.meta({
      description: 'Currency in which spend is told; prices in others need their `exchange`.',
      examples: ['USD'],
    }),
    exchange: z
      .record(currency, exchangeRate)
      .default({})
      .meta({
        description: 'What other currencies are worth in it: nothing is converted without.',
        examples: [{ EUR: { rate: '1.0842', source: 'treasury, planning rate of 2027', date: '2026-11-02' } }],
      }),
    rows: z
      .array(price)
      .default([])
      .meta({
        description: 'Prices, each with its source: the project has none of its own.',
        examples: [
          [
            {
              machine: Object.keys(AWS_MACHINES)[0],
              price: '98.32 USD',
              per: 'node-hour',
              rate: 'contract',
              source: 'contract 2026-118, annex B (made up for this example)',
              date: '2026-11-02',
            },
          ],
        ],
      }),
  })
  .meta({ description: 'What machines, stores and links cost, by contracts and price lists of yours.' });

const priceFile = text.meta({
  description:
    'File with prices, as seen from this one: YAML or JSON with the same keys, or CSV with one price a line under the names of the keys of `rows`.',
  examples: ['prices.csv'],
});

/** What an estate file may say of prices: they stand in it, or in a file beside it. */
export const pricesInFile = z
  .union([
    priceFile,
    z
      .strictObject({ ...priceBook.shape, currency: priceBook.shape.currency.optional(), file: priceFile.optional() })
      .meta({ description: 'Prices, with more of them in a file beside this one.' }),
  ])
  .meta({
    description:
      'What machines, stores and links cost: a price book, or the file that has it. Default: nothing has a price.',
    examples: ['prices.csv'],
  });

const rampStep = z
  .strictObject({
    by: date.meta({ description: 'Day, YYYY-MM-DD.', examples: ['2027-12-31'] }),
    amount: money.meta({
      description: 'What has to be spent by then, since the term began.',
      examples: ['4B USD'],
    }),
  })
  .meta({ description: 'How much of a commitment has to be spent by a day.' });

/** Money promised to a provider. */
export const commitment = z
  .strictObject({
    cloud: z.enum(CLOUDS).meta({ description: 'Provider that the money is promised to.' }),
    amount: z.union([money, z.literal('undisclosed')]).meta({
      description: 'Sum with its currency, or `undisclosed`.',
      examples: ['38B USD', 'undisclosed'],
    }),
    years: z
      .number()
      .positive()
      .max(30)
      .optional()
      .meta({ description: 'Term in years.', examples: [7], unit: 'years' }),
    start: date.optional().meta({ description: 'First day of the term, YYYY-MM-DD.', examples: ['2026-01-01'] }),
    end: date.optional().meta({
      description: 'Last day of the term, YYYY-MM-DD. Default: that of `years` after `start`.',
      examples: ['2032-12-31'],
    }),
    ramp: z
      .array(rampStep)
      .min(1)
      .optional()
      .meta({
        description: 'What has to be spent by which day, in their order. Default: all of it by the end.',
        examples: [[{ by: '2027-12-31', amount: '4B USD' }]],
      }),
    counts: z
      .array(z.enum(SPEND_KINDS))
      .min(1)
      .optional()
      .meta({
        description: 'What spend draws it down. Default: machines, stores and links.',
        examples: [['machines', 'stores']],
      }),
    accounts: z
      .array(key)
      .min(1)
      .optional()
      .meta({
        description: 'Keys of the accounts whose spend draws it down. Default: all accounts of the cloud.',
        examples: [['aws-main']],
      }),
  })
  .meta({ description: 'Money promised to a provider over a term; `undisclosed` where it is not public.' });

/** A monthly budget of one account. */
export const budget = z
  .strictObject({
    amount: z.union([money, z.literal('expected')]).meta({
      description: 'Sum of a month with its currency, or `expected`: what everything in the account costs by `prices`.',
      examples: ['12M USD', 'expected'],
    }),
    headroomPercent: z
      .int()
      .min(0)
      .max(1000)
      .optional()
      .meta({
        description: 'What is added to the expected spend, in percent of it. Default: 0.',
        examples: [10],
        unit: 'percent',
      }),
    thresholds: z
      .array(z.int().min(1).max(1000))
      .min(1)
      .max(5)
      .default([50, 80, 100])
      .meta({
        description: 'Shares of the amount, in percent, at which mail is sent; five at most, which every cloud takes.',
        examples: [[80, 100]],
        unit: 'percent',
      }),
    owner: key.optional().meta({
      description: 'Key of the owner who is mailed. Default: who gets the alerts of the account.',
      examples: ['finance'],
    }),
    counts: z
      .enum(['account', 'estate'])
      .optional()
      .meta({
        description:
          'What spend counts: everything in the `account`, or only what has the tags of the `estate`, which leaves out what has none, such as capacity that was bought by hand. Default: account.',
        examples: ['estate'],
      }),
    stopsCapacity: z
      .boolean()
      .optional()
      .meta({
        description: 'Whether new capacity is stopped when all of it is spent; what runs goes on. Default: false.',
        examples: [true],
      }),
  })
  .meta({ description: 'What an account may cost in a month, and who is told when it does.' });

/** What stands of a pool from a day on. */
export const phase = z
  .strictObject({
    from: date.meta({ description: 'First day on which so much stands, YYYY-MM-DD.', examples: ['2027-01-01'] }),
    racks: size('Racks that stand from then on; 0 where the pool ends.', 'racks', 4),
    nodes: size('Nodes that stand from then on; 0 where the pool ends.', 'nodes', 64),
    accelerators: size('Accelerators that stand from then on; 0 where the pool ends.', 'accelerators', 512),
    optionBy: date.optional().meta({
      description: 'Last day on which the provider can be told whether this phase comes. Default: it is agreed.',
      examples: ['2026-09-30'],
    }),
    shrinks: z
      .literal(true)
      .optional()
      .meta({
        description: 'Says that less stands than before, which a phase of held capacity has to say. Default: no less.',
        examples: [true],
      }),
  })
  .meta({ description: 'What stands of a pool from a day on, in one of the units of its size.' });

function size(description: string, unit: string, example: number) {
  return z
    .int()
    .min(0)
    .optional()
    .meta({ description, examples: [example], unit });
}
