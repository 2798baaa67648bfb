import fc from 'fast-check';
import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { planFrom } from '../../../estate/plan/data';
import { slicesOf } from '../../../estate/plan/slices';
import type { StacksPlan } from '../../../estate/plan/types';
import { type Exchange, parseFragment } from '../../../estate/spec/exchange';
import type { Estate } from '../../../estate/spec/schema';
import { addStacks } from '../../../stacks/google';
import { linkedEstate, planOf } from '../../helpers/linked';
import { onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';

const REPLICATIONS: Readonly<Record<string, object>> = {
  daily: { from: 'data', to: 'here', mode: 'schedule' },
  east: { from: 'data', to: 'far', prefix: 'tokens/', mode: 'event' },
  lab: { from: 'data', to: 'lab', mode: 'schedule', everyHours: 6 },
  more: { from: 'other', to: 'spare', mode: 'schedule', everyHours: 12 },
  out: { from: 'data', to: 'ohio' },
  into: { from: 'ohio', to: 'landed' },
};

/** Stores of two projects and three regions of Google Cloud, and one of AWS. */
function estateOf(keys: readonly string[], stores: object = {}): Estate {
  const { accounts, sites } = linkedEstate({});
  const object = (site: string) => ({ kind: 'object', site });
  return linkedEstate(
    {},
    {
      accounts: { ...accounts, lab: { cloud: 'google', projectId: 'atlas-lab', projectNumber: '210987654321' } },
      sites: {
        ...sites,
        dulles: { account: 'google', region: 'us-east4', zones: ['us-east4-a'] },
        dalles: { account: 'lab', region: 'us-west1', zones: ['us-west1-a'] },
      },
      stores: {
        data: object('iowa'),
        here: object('iowa'),
        other: object('iowa'),
        landed: object('iowa'),
        far: object('dulles'),
        spare: object('dulles'),
        lab: object('dalles'),
        ohio: object('ohio'),
        ...stores,
      },
      replication: Object.fromEntries(keys.map((key) => [key, REPLICATIONS[key]])),
    },
  );
}

/** What clouds have said once everything was applied. */
const TOLD: Partial<Exchange> = {
  accounts: { aws: { issuer: 'https://0a1b.tokens.sts.global.api.aws' } },
  stores: { data: { id: 'projects/_/buckets/atlas-data' }, other: { id: 'projects/_/buckets/atlas-other' } },
};

function synthStacks(plan: StacksPlan): ReadonlyMap<string, TerraformJson> {
  const app = Testing.app();
  addStacks(app, plan);
  const made = app.node.children.filter(TerraformStack.isStack);
  return new Map(made.map((stack) => [stack.node.id, synthStack(stack)]));
}

const synth = (keys: readonly string[], told = TOLD, stores: object = {}) =>
  synthStacks(planOf(estateOf(keys, stores), told));

function stackOf(stacks: ReadonlyMap<string, TerraformJson>, name: string): TerraformJson {
  const json = stacks.get(name);
  if (json === undefined) throw new Error(`there is no stack "${name}"`);
  return json;
}

/** Who may do what at which bucket, in words that are short. */
const rightsIn = (json: TerraformJson) =>
  Object.values(resourcesOf(json, 'google_storage_bucket_iam_member'))
    .map(({ bucket, role, member }) => {
      const name = String(bucket).replace(/^atlas-|-[0-9a-f]{8}$/g, '');
      return `${String(member).replace(/^.*(project-\d+|subject\/.*:role)/, '$1')} ${String(role).replace(/^.*\./, '')} ${name}`;
    })
    .sort();

const jobsIn = (json: TerraformJson) => Object.values(resourcesOf(json, 'google_storage_transfer_job'));

const servicesIn = (json: TerraformJson) =>
  Object.values(resourcesOf(json, 'google_project_service')).map(({ service }) => service);

describe('replications between stores of Google Cloud', () => {
  const keys = Object.keys(REPLICATIONS);
  const stacks = synth(keys);
  const iowa = stackOf(stacks, 'atlas-iowa-storage');
  const dulles = stackOf(stacks, 'atlas-dulles-storage');

  test('let what copies in at exactly the buckets that it reads and writes', () => {
    expect(rightsIn(iowa)).toEqual([
      'project-123456789012@storage-transfer-service.iam.gserviceaccount.com legacyBucketReader data',
      'project-123456789012@storage-transfer-service.iam.gserviceaccount.com legacyBucketReader here',
      'project-123456789012@storage-transfer-service.iam.gserviceaccount.com legacyBucketReader other',
      'project-123456789012@storage-transfer-service.iam.gserviceaccount.com objectUser here',
      'project-123456789012@storage-transfer-service.iam.gserviceaccount.com objectViewer data',
      'project-123456789012@storage-transfer-service.iam.gserviceaccount.com objectViewer other',
      'project-210987654321@storage-transfer-service.iam.gserviceaccount.com legacyBucketReader data',
      'project-210987654321@storage-transfer-service.iam.gserviceaccount.com objectViewer data',
      'subject/arn:aws:iam::111122223333:role/atlas-into-datasync legacyBucketReader landed',
      'subject/arn:aws:iam::111122223333:role/atlas-into-datasync objectUser landed',
      'subject/arn:aws:iam::111122223333:role/atlas-out-datasync legacyBucketReader data',
      'subject/arn:aws:iam::111122223333:role/atlas-out-datasync objectViewer data',
    ]);
    expect(rightsIn(stackOf(stacks, 'atlas-dalles-storage'))).toEqual([
      'project-210987654321@storage-transfer-service.iam.gserviceaccount.com legacyBucketReader lab',
      'project-210987654321@storage-transfer-service.iam.gserviceaccount.com objectUser lab',
    ]);
  });

  test('run in the project of the store that is written, once both ends let them in', () => {
    expect(jobsIn(iowa)).toHaveLength(1);
    const [daily] = jobsIn(iowa);
    expect(daily).toMatchObject({ project: 'atlas-train', description: 'atlas-daily' });
    expect(daily?.depends_on).toHaveLength(5);
    const [lab] = jobsIn(stackOf(stacks, 'atlas-dalles-storage'));
    expect(lab).toMatchObject({ project: 'atlas-lab', schedule: { repeat_interval: '21600s' } });
    const descriptions = jobsIn(dulles).map(({ description }) => description);
    expect(descriptions.sort()).toEqual(['atlas-east', 'atlas-east-sweep', 'atlas-more']);
  });

  test('listen to events of the source, which the other project makes as well', () => {
    const [east] = jobsIn(dulles).filter(({ description }) => description === 'atlas-east');
    expect(east?.event_stream).toEqual({ name: 'projects/atlas-train/subscriptions/events-atlas-east' });
    expect(onlyResource(iowa, 'google_pubsub_subscription').name).toBe('events-atlas-east');
    expect(onlyResource(iowa, 'google_storage_notification')).toMatchObject({ object_name_prefix: 'tokens/' });
    expect(resourcesOf(dulles, 'google_pubsub_topic')).toEqual({});
  });

  test('have their agent made by the foundation of the project that they run in, once its API is there', () => {
    const foundation = stackOf(stacks, 'atlas-google-foundation');
    expect(servicesIn(foundation)).toEqual(
      expect.arrayContaining(['storagetransfer.googleapis.com', 'pubsub.googleapis.com']),
    );
    expect(Object.values(foundation.data?.google_storage_transfer_project_service_account ?? {})).toEqual([
      { project: `\${element(split("/", google_project_service.storagetransfergoogleapiscom.id), 0)}` },
    ]);
    const lab = stackOf(stacks, 'atlas-lab-foundation');
    expect(servicesIn(lab)).toContain('storagetransfer.googleapis.com');
    expect(servicesIn(lab)).not.toContain('pubsub.googleapis.com');
    const none = stackOf(synth([]), 'atlas-google-foundation');
    expect(servicesIn(none).filter((name) => /transfer|pubsub|sts/.test(String(name)))).toEqual([]);
    expect(none).not.toHaveProperty('data');
  });

  test('wait for the source to let them in where another stack does that, which it does at once', () => {
    const before = synth(['east', 'daily'], {});
    expect(jobsIn(stackOf(before, 'atlas-dulles-storage'))).toEqual([]);
    expect(stackOf(before, 'atlas-iowa-storage')).toEqual(stackOf(synth(['east', 'daily']), 'atlas-iowa-storage'));
    expect(servicesIn(stackOf(before, 'atlas-google-foundation'))).toContain('storagetransfer.googleapis.com');
    expect(planOf(estateOf(['east', 'daily'])).replications.map(({ pending }) => pending)).toEqual([
      [],
      [{ path: 'stores.data', from: 'atlas-iowa-storage' }],
    ]);
  });

  test('tell that the source lets them in once it does', () => {
    const value = String(Object(iowa.output?.exchange).value);
    expect(value).toMatch(/"data" = \{"id" = element\(\["projects\/_\/buckets\/atlas-data-[0-9a-f]{8}", google_/);
    expect(value.match(/google_storage_bucket_iam_member\.\S+?\.id/g)?.length).toBeGreaterThanOrEqual(6);
    expect(value).toMatch(/google_storage_notification\.\S+\.id/);
    expect(dulles.output).not.toHaveProperty('exchange');
    const told = { estate: 'atlas', stores: { data: { id: 'projects/_/buckets/atlas-data-0a1b2c3d' } } };
    expect(parseFragment(JSON.stringify(told))).toMatchObject(told);
  });

  test('read and write buckets that exist already', () => {
    const stores = {
      data: { kind: 'object', site: 'iowa', existing: { id: 'corp-data' } },
      lab: { kind: 'object', site: 'dalles', existing: { id: 'corp-lab' } },
    };
    const made = synth(['lab'], TOLD, stores);
    const json = stackOf(made, 'atlas-dalles-storage');
    expect(onlyResource(json, 'google_storage_transfer_job')).toMatchObject({
      transfer_spec: { gcs_data_source: { bucket_name: 'corp-data' }, gcs_data_sink: { bucket_name: 'corp-lab' } },
    });
    expect(Object.keys(json.resource ?? {}).sort()).toEqual([
      'google_storage_bucket_iam_member',
      'google_storage_transfer_job',
    ]);
  });

  test('change nothing of one another, nor of anything else in their stacks', () => {
    fc.assert(
      fc.property(fc.subarray(keys), fc.subarray(keys), (some, more) => {
        const after = synth([...new Set([...some, ...more])]);
        for (const [name, { output: _, ...json }] of synth(some)) expect(after.get(name)).toMatchObject(json);
      }),
      { numRuns: 6 },
    );
  });

  test('are made the same from a slice of the plan', () => {
    const plan = planOf(estateOf(keys), TOLD);
    for (const slice of slicesOf(plan.data).filter(({ cloud }) => cloud === 'google')) {
      const part = synthStacks(planFrom(slice.data));
      for (const name of slice.stacks) expect(part.get(name)).toEqual(stacks.get(name));
    }
  });
});
