import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const policy = (limits: object, more: Changes = {}): Changes => ({ ...more, policy: limits });
const READ = { source: 'made up for this test', date: '2026-11-02' };
/** 16 nodes of the pool ohio/train: 24,384 USD a day. */
const PRICES = { currency: 'USD', rows: [{ machine: 'p5en.48xlarge', price: '63.50 USD', per: 'node-hour', ...READ }] };
const confine = (countries: readonly string[]) => ({
  confine: [{ accelerators: ['gb300'], countries, reason: 'class 3A090', source: 'memo of 2026-06' }],
});
const residency = (countries: readonly string[]) => ({
  residency: [{ stores: ['checkpoints'], countries, reason: 'contract' }],
});
const survive = (lose: string, keep: string) => policy({ survive: [{ lose, keep }] });
const FINANCE = { owners: { finance: { team: 'finance', email: 'finance@example.com', costCenter: 'cc-1' } } };

/**
 * Limits of policy. The base estate has 128 H200 on AWS, 144 GB300 on Azure, 144 GB200 and 128 TPU v7x on Google Cloud,
 * 144 GB300 and 32 MI355X on Oracle Cloud: 720 accelerators.
 */
export const POLICY_RULES: Readonly<Record<string, RuleTable>> = {
  PolicyClouds: {
    holds: [policy({ minClouds: { gb300: 2, h200: 1 } })],
    fails: [
      [policy({ minClouds: { gb300: 3 } }), 'policy.minClouds.gb300', 'gb300 is on 2 clouds, where it has to be on 3'],
      [policy({ minClouds: { b300: 1 } }), 'policy.minClouds.b300', 'no pool has it'],
    ],
  },
  PolicyConfine: {
    holds: [
      policy(confine(['US'])),
      policy({ ...confine(['NO']), regionCountries: { eastus2: 'NO', 'us-phoenix-1': 'NO' } }),
    ],
    fails: [
      [policy(confine(['SE'])), 'clusters.east.pools.train', '144 gb300 in US (eastus2) may only be in SE'],
      [policy(confine(['SE'])), 'clusters.phoenix.pools.racks', 'class 3A090 (memo of 2026-06)'],
    ],
  },
  PolicyCountry: {
    holds: [policy({ countries: { allow: ['US'] } }), policy({ countries: { deny: ['QA'] } })],
    fails: [
      [policy({ countries: { allow: ['SE', 'NO'] } }), 'sites.ohio.region', 'lies in US, which policy does not allow'],
      [policy({ countries: { deny: ['US'] } }), 'sites.iowa.region', 'policy.countries.deny has it'],
      [
        policy(
          { countries: { allow: ['US'] } },
          { 'sites.ohio.region': 'me-west-1', 'sites.ohio.zones': ['me-west-1a'], clusters: {}, stores: {} },
        ),
        'sites.ohio.region',
        'nobody has said in which country region "me-west-1" lies',
      ],
    ],
  },
  PolicyOwner: {
    holds: [
      policy({ requireOwner: ['costCenter'] }, { 'owner.costCenter': 'cc-1042' }),
      policy(
        { requireOwner: ['owner', 'costCenter'] },
        {
          ...FINANCE,
          ...Object.fromEntries(
            ['aws-main', 'azure-gb', 'google-main', 'oracle-main'].map((key) => [`accounts.${key}.owner`, 'finance']),
          ),
        },
      ),
    ],
    fails: [
      [policy({ requireOwner: ['owner'] }), 'clusters.ohio.pools.train', 'no owner is named, as policy asks for'],
      [policy({ requireOwner: ['owner'] }), 'stores.scratch', 'name one of owners here, or where it lies in'],
      [policy({ requireOwner: ['costCenter'] }), 'clusters.ohio', 'it has no cost center'],
    ],
  },
  PolicyPower: {
    holds: [
      policy({ maxMegawatts: { estate: 100, clouds: { aws: 50 }, accounts: { 'aws-main': 50 }, sites: { ohio: 50 } } }),
    ],
    fails: [
      [
        policy({ maxMegawatts: { sites: { ohio: 0.1 } } }),
        'policy.maxMegawatts.sites.ohio',
        /^ohio draws 0\.\d{3} MW: 0\.1 MW at most$/,
      ],
      [
        policy({ maxMegawatts: { estate: 0.5 } }),
        'policy.maxMegawatts.estate',
        /^largest: clusters\.\w+\.pools\.\w+ \(0\.\d{3} MW\), /,
      ],
      [policy({ maxMegawatts: { clouds: { azure: 0.1 } } }), 'policy.maxMegawatts.clouds.azure', 'azure draws'],
      [
        policy({ maxMegawatts: { accounts: { 'aws-main': 0.1 } } }),
        'policy.maxMegawatts.accounts.aws-main',
        'aws-main draws',
      ],
      [
        policy(
          { maxMegawatts: { sites: { ohio: 0.1 } } },
          {
            'clusters.ohio.pools.train.phases': [
              { from: '2027-01-01', nodes: 1 },
              { from: '2027-07-01', nodes: 16 },
            ],
          },
        ),
        'policy.maxMegawatts.sites.ohio',
        'from 2027-07-01 on',
      ],
    ],
  },
  PolicyRegion: {
    holds: [
      policy({ regions: { allow: ['us-east-2', 'eastus2', 'us-central1', 'us-phoenix-1'] } }),
      policy({ regions: { deny: ['us-west-2'] } }),
    ],
    fails: [
      [policy({ regions: { allow: ['eastus2'] } }), 'sites.ohio.region', 'policy does not allow region "us-east-2"'],
      [policy({ regions: { deny: ['us-east-2'] } }), 'sites.ohio.region', 'policy denies region "us-east-2"'],
    ],
  },
  PolicyResidency: {
    holds: [policy(residency(['US']))],
    fails: [
      [policy(residency(['DE', 'SE'])), 'stores.checkpoints', 'lies in US (us-east-2) and may only lie in DE, SE'],
    ],
  },
  PolicyShare: {
    holds: [
      policy({ maxProviderShare: { accelerators: '37.8%', power: '60%' } }),
      policy({ maxProviderShare: { spend: '100%' } }, { prices: PRICES }),
    ],
    fails: [
      [
        policy({ maxProviderShare: { accelerators: '37.7%' } }),
        'policy.maxProviderShare.accelerators',
        'google has 37.8% of accelerators, 272 of 720: 37.7% at most',
      ],
      [
        policy({ maxProviderShare: { accelerators: '37.7%' } }),
        'policy.maxProviderShare.accelerators',
        'largest: clusters.iowa.pools.racks (144) and clusters.iowa.pools.slices (128)',
      ],
      [policy({ maxProviderShare: { power: '33%' } }), 'policy.maxProviderShare.power', /^oracle has 33\.\d% of power/],
      [
        policy({ maxProviderShare: { spend: '99%' } }, { prices: PRICES }),
        'policy.maxProviderShare.spend',
        'aws has 100.0% of spend, 24,384.00 USD a day of 24,384.00 USD a day',
      ],
    ],
  },
  PolicySpend: {
    holds: [policy({ maxSpendPerDay: '24384 USD' }, { prices: PRICES })],
    fails: [
      [
        policy({ maxSpendPerDay: '24383.99 USD' }, { prices: PRICES }),
        'policy.maxSpendPerDay',
        'the estate costs 24,384.00 USD a day: 24383.99 USD at most',
      ],
      [
        policy({ maxSpendPerDay: '24K USD' }, { prices: PRICES }),
        'policy.maxSpendPerDay',
        'largest: clusters.ohio.pools.train (24,384.00 USD a day)',
      ],
      [
        policy(
          { maxSpendPerDay: '24K USD' },
          {
            prices: {
              currency: 'USD',
              rows: [
                { ...PRICES.rows[0], price: '60 USD', until: '2027-12-31' },
                { ...PRICES.rows[0], from: '2028-01-01' },
              ],
            },
          },
        ),
        'policy.maxSpendPerDay',
        'from 2028-01-01 on',
      ],
    ],
  },
  PolicySurvival: {
    holds: [
      survive('any cloud', '62.2% of accelerators'),
      survive('any 4 clouds'.replace('4', '3'), '17% of accelerators'),
      survive('site:ohio', '50% of stores'),
      survive('any region', '50% of gb300'),
    ],
    fails: [
      [
        survive('any cloud', '62.3% of accelerators'),
        'policy.survive.0.keep',
        'without cloud:google 62.2% of accelerators are left, 448 of 720',
      ],
      [
        survive('any 2 sites', '50% of accelerators'),
        'policy.survive.0.keep',
        /^without site:iowa and site:phoenix 37\.8% of accelerators are left, 272 of 720$/,
      ],
      [survive('site:ohio', '51% of stores'), 'policy.survive.0.keep', '50.0% of stores are left, 2 of 4'],
      [survive('machine:gb300', '1% of gb300'), 'policy.survive.0.keep', 'without machine:gb300 0.0% of gb300'],
      [survive('account:azure-gb', '90% of power'), 'policy.survive.0.keep', 'estate simulate --lose account:azure-gb'],
    ],
  },
};
