import { ObjectStore, subscriptionOf, TransferEvents, type TransferEventsProps } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newStack, PROJECT, REGION } from './support';

const AGENT = 'serviceAccount:project-210987654321@storage-transfer-service.iam.gserviceaccount.com';
const NAME = 'events-atlas-copy';

function synthEvents(props: Partial<TransferEventsProps> = {}) {
  const stack = newStack();
  const store = ObjectStore.fromBucketName(stack, 'data', 'atlas-data');
  new TransferEvents(stack, 'events', {
    name: 'atlas-copy',
    ...PROJECT,
    region: REGION,
    store,
    member: AGENT,
    ...props,
  });
  return synthStack(stack);
}

describe('TransferEvents', () => {
  const json = synthEvents({ prefix: 'tokens/', tags: { estate: 'atlas' } });

  test('keep events in the region of the bucket, and listen for ever', () => {
    expect(onlyResource(json, 'google_pubsub_topic')).toEqual({
      project: PROJECT.projectId,
      name: NAME,
      message_storage_policy: { allowed_persistence_regions: [REGION] },
      labels: { estate: 'atlas' },
    });
    expect(onlyResource(json, 'google_pubsub_subscription')).toMatchObject({
      name: NAME,
      topic: NAME,
      ack_deadline_seconds: 300,
      expiration_policy: { ttl: '' },
    });
    expect(subscriptionOf('atlas-copy', PROJECT.projectId)).toBe(`projects/test-train/subscriptions/${NAME}`);
  });

  test('tell of new objects alone, of those that are copied', () => {
    const [publisher] = Object.keys(resourcesOf(json, 'google_pubsub_topic_iam_member'));
    expect(onlyResource(json, 'google_storage_notification')).toEqual({
      bucket: 'atlas-data',
      topic: `projects/test-train/topics/${NAME}`,
      payload_format: 'JSON_API_V1',
      event_types: ['OBJECT_FINALIZE'],
      object_name_prefix: 'tokens/',
      depends_on: [`google_pubsub_topic_iam_member.${publisher}`],
    });
    expect(onlyResource(synthEvents(), 'google_storage_notification')).not.toHaveProperty('object_name_prefix');
  });

  test('are written by Cloud Storage of the project and read by what copies, and by nobody else', () => {
    const [topic] = Object.keys(resourcesOf(json, 'google_pubsub_topic'));
    const [asked] = Object.values(json.data?.google_storage_project_service_account ?? {});
    expect(asked).toEqual({ project: `\${element(split("/", google_pubsub_topic.${topic}.id), 1)}` });
    expect(onlyResource(json, 'google_pubsub_topic_iam_member')).toMatchObject({
      topic: NAME,
      role: 'roles/pubsub.publisher',
      member: 'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
    });
    expect(onlyResource(json, 'google_pubsub_subscription_iam_member')).toMatchObject({
      subscription: NAME,
      role: 'roles/pubsub.subscriber',
      member: AGENT,
    });
  });

  test('fail when they have no name', () => {
    expect(() => synthEvents({ name: '' })).toThrow(/name of the events/);
  });
});
