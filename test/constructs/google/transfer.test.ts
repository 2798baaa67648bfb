import { CopyAccess, ObjectStore, Transfer, type TransferProps, transferAgent } from '../../../constructs/google';
import { resourcesOf, synthStack } from '../../helpers/terraform';
import { newStack, PROJECT } from './support';

function synthTransfer(props: Partial<TransferProps> = {}) {
  const stack = newStack();
  new Transfer(stack, 'transfer', {
    name: 'atlas-copy',
    projectId: PROJECT.projectId,
    sourceBucket: 'atlas-data',
    destinationBucket: 'atlas-copy',
    ...props,
  });
  return Object.values(resourcesOf(synthStack(stack), 'google_storage_transfer_job'));
}

describe('Transfer', () => {
  test('copies what is new or different at times that do not follow from the day on which it was planned', () => {
    expect(synthTransfer({ everyHours: 6 })).toEqual([
      {
        project: PROJECT.projectId,
        description: 'atlas-copy',
        schedule: {
          schedule_start_date: { year: 2024, month: 1, day: 1 },
          start_time_of_day: { hours: 0, minutes: 0, seconds: 0, nanos: 0 },
          repeat_interval: '21600s',
        },
        transfer_spec: {
          gcs_data_source: { bucket_name: 'atlas-data' },
          gcs_data_sink: { bucket_name: 'atlas-copy' },
          transfer_options: { overwrite_when: 'DIFFERENT' },
        },
        logging_config: { log_actions: ['FIND', 'COPY'], log_action_states: ['FAILED'] },
      },
    ]);
  });

  test('copies as objects come, and looks once a day for what no event told of', () => {
    const events = 'projects/atlas-train/subscriptions/events-atlas-copy';
    const [first, sweep, ...more] = synthTransfer({ events, prefix: 'tokens/' });
    expect(first).toMatchObject({ description: 'atlas-copy', event_stream: { name: events } });
    expect(first).not.toHaveProperty('schedule');
    expect(sweep).toMatchObject({ description: 'atlas-copy-sweep', schedule: { repeat_interval: '86400s' } });
    expect(sweep).not.toHaveProperty('event_stream');
    expect(more).toEqual([]);
    for (const job of [first, sweep]) {
      expect(job).toMatchObject({ transfer_spec: { object_conditions: { include_prefixes: ['tokens/'] } } });
    }
  });

  test('deletes nothing at either end, and has no name that a deleted one would keep', () => {
    const jobs = synthTransfer({ events: 'projects/atlas-train/subscriptions/e' });
    expect(JSON.stringify(jobs)).not.toMatch(/delete_objects|"name":"transferJobs|replication_spec/);
  });

  test.each([0, 1.5, -1])('fails when it should run every %d hours', (everyHours) => {
    expect(() => synthTransfer({ everyHours })).toThrow(/everyHours is .*; give a whole number of hours from 1 on/);
  });

  test('fails when it has no name', () => {
    expect(() => synthTransfer({ name: '' })).toThrow(/name of the transfer/);
  });
});

describe('CopyAccess', () => {
  test.each([
    ['read', ['roles/storage.legacyBucketReader', 'roles/storage.objectViewer']],
    ['write', ['roles/storage.legacyBucketReader', 'roles/storage.objectUser']],
  ] as const)('lets a service %s one bucket', (access, roles) => {
    const stack = newStack();
    const store = ObjectStore.fromBucketName(stack, 'data', 'atlas-data');
    new CopyAccess(stack, 'access', { store, access, member: transferAgent(PROJECT.projectNumber) });
    const members = Object.values(resourcesOf(synthStack(stack), 'google_storage_bucket_iam_member'));
    expect(members).toEqual(
      roles.map((role) => ({
        bucket: 'atlas-data',
        role,
        member: 'serviceAccount:project-123456789012@storage-transfer-service.iam.gserviceaccount.com',
      })),
    );
  });
});
