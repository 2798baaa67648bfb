import { firstApply } from '../../../../estate/report/first-apply/build';
import { parseEstate } from '../../../../estate/spec/load';
import { lockAndResolve } from '../../../helpers/estates';
import { type Changes, estateText } from '../../spec/fixtures';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

/** The commands of one step of one cloud, those that do it and those that show it. */
function commandsOf(step: string, cloud: string, changes: Changes = {}): readonly string[] | undefined {
  const { plan } = lockAndResolve(parseEstate(estateText(changes), 'estate.yaml').estate);
  const { accounts } = firstApply(plan, FILES);
  const steps = accounts.filter((account) => account.cloud === cloud).flatMap((account) => account.steps);
  const found = steps.find((one) => one.step === step);
  return found && [...found.run, ...found.see];
}

const ALARMS: Changes = Object.fromEntries(
  ['ohio', 'east', 'iowa', 'phoenix'].map((place) => [`clusters.${place}.alarms`, true]),
);
const KEYS: Changes = {
  'sites.ohio.encryptionKey': {
    existing: 'arn:aws:kms:us-east-2:444455556666:key/5d0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
  },
  'sites.iowa.encryptionKey': { existing: 'projects/sec/locations/us-central1/keyRings/r/cryptoKeys/k' },
};

describe('the steps of alarms', () => {
  test.each([
    ['aws', "Endpoint=='training@example.com'"],
    ['azure', '--action-group atlas-east-cluster-alarms --add-action email training@example.com'],
    ['google', 'labels.email_address="training@example.com"'],
    ['oracle', 'endpoint==`training@example.com`'],
  ])('say on %s how their owners come to hear of them, where there are any', (cloud, text) => {
    expect(commandsOf('alarm-mails', cloud)).toBeUndefined();
    expect(commandsOf('alarm-mails', cloud, ALARMS)?.join('\n')).toContain(text);
  });

  test('ask the owner of a key on AWS to let CloudWatch use it', () => {
    expect(commandsOf('keys-of-alarms', 'aws', KEYS)).toBeUndefined();
    expect(commandsOf('keys-of-alarms', 'aws', { ...KEYS, ...ALARMS })).toEqual([
      expect.stringContaining('aws kms get-key-policy --region us-east-2'),
    ]);
  });
});

test('logs under a key of others on Google Cloud need its owner to let Cloud Logging in', () => {
  const logs = { 'clusters.iowa.logs': { retainDays: 90 } };
  expect([commandsOf('key-of-logs', 'google', KEYS), commandsOf('key-of-logs', 'google', logs)]).toEqual([
    undefined,
    undefined,
  ]);
  expect(commandsOf('key-of-logs', 'google', { ...KEYS, ...logs })?.[0]).toContain(
    'add-iam-policy-binding projects/sec/locations/us-central1/keyRings/r/cryptoKeys/k --member="serviceAccount:$(gcloud logging cmek-settings',
  );
});

test.each([
  ['aws', 'aws service-quotas get-service-quota --region us-east-2 --service-code ec2 --quota-code L-417A185B'],
  ['azure', 'az vm list-usage --location eastus2 --query "[?name.value==\'cores\'].limit"'],
  ['google', 'gcloud beta quotas info describe CPUS-per-project-region --service=compute.googleapis.com'],
  ['oracle', 'oci limits value list --region us-phoenix-1'],
])('quotas that no document gives a number for are looked up on %s', (cloud, command) => {
  const commands = commandsOf('quota-values', cloud) ?? [];
  expect(commands.join('\n')).toContain(command);
  for (const one of commands) expect(one).toMatch(/ {3}# at least [\d,]+ \(.+\): /);
});

test('subnets that applies come from get the endpoint that vaults of Azure ask for', () => {
  const subnet = `/subscriptions/5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01/resourceGroups/ci/providers/Microsoft.Network/virtualNetworks/ci/subnets/runners`;
  expect(commandsOf('runner-subnets', 'azure')).toBeUndefined();
  expect(commandsOf('runner-subnets', 'azure', { 'sites.east.access': { runner: { subnets: [subnet] } } })).toEqual([
    `az network vnet subnet update --ids ${subnet} --service-endpoints Microsoft.KeyVault`,
    expect.stringContaining(`--ids ${subnet} --query 'serviceEndpoints[].service'`),
  ]);
});

test('kubectl enters a cluster of AWS by a role that can be assumed', () => {
  const of = (administrators: readonly string[]) =>
    commandsOf('enter', 'aws', { 'accounts.aws-main.access.administrators': administrators })?.[0];
  const sso = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
  const role = 'arn:aws:iam::111122223333:role/platform';
  expect(of([sso, role])).toMatch(/ --alias ohio --role-arn arn:aws:iam::111122223333:role\/platform$/);
  for (const others of [[sso], ['arn:aws:iam::111122223333:user/lead']]) expect(of(others)).toMatch(/ --alias ohio$/);
});
