import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import { StorageNotification } from '@cdktf/provider-google/lib/storage-notification';
import { Construct } from 'constructs';
import { GOOGLE_TRANSFERS } from '../../estate/catalog/google-transfers';
import type { Tags } from '../../estate/units';
import { Fn, type ITerraformDependable, Token } from '../cdktf';
import { checkName } from './checks';
import { LIMITS, physicalName, resourceTags } from './names';
import type { IObjectStore } from './object-store';
import { serviceAgent } from './service-agents';

/** Options of {@link TransferEvents}. */
export interface TransferEventsProps {
  /** Last part of the names of the topic and its subscription. */
  readonly name: string;
  /** Project of the bucket. */
  readonly projectId: string;
  /** Number of the project: its agents are named by it. */
  readonly projectNumber: string;
  /** Region that events are kept in: that of the bucket. */
  readonly region: string;
  /** The bucket whose new objects are told of. */
  readonly store: Pick<IObjectStore, 'bucketName' | 'dependables'>;
  /** IAM member of what reads them. */
  readonly member: string;
  /** Beginning of the names of objects that are told of, such as `tokens/`. @default - all objects */
  readonly prefix?: string;
  /** Labels of the topic and its subscription. @default - none */
  readonly tags?: Tags;
}

/** What tells one job of Storage Transfer Service of each object that is written: a topic with one subscription. */
export class TransferEvents extends Construct {
  /** What has to be there before somebody listens. */
  readonly dependables: readonly ITerraformDependable[];
  /** Ids of what was made, known once it is. */
  readonly ids: readonly string[];

  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when Pub/Sub would refuse it */
  constructor(scope: Construct, id: string, props: TransferEventsProps) {
    super(scope, id);
    const { projectId: project, projectNumber, region, store, member, prefix } = props;
    checkName(this, 'name of the events', props.name);
    const name = eventsName(props.name);
    const labels = resourceTags(this, props.tags);
    const topic = new PubsubTopic(this, 'Resource', {
      project,
      name,
      messageStoragePolicy: { allowedPersistenceRegions: [region] },
      labels,
    });
    // Known when the topic is there: a plan of what is not there yet asks no service.
    const reference = Token.asString(Fn.element(Fn.split('/', topic.id), 1));
    const agent = serviceAgent(this, 'storage', { number: projectNumber, reference });
    const publisher = new PubsubTopicIamMember(this, 'publisher', {
      project,
      topic: name,
      role: 'roles/pubsub.publisher',
      member: agent.member,
      dependsOn: [topic, ...agent.dependables],
    });
    const subscription = new PubsubSubscription(this, 'subscription', {
      project,
      name,
      topic: name,
      ackDeadlineSeconds: GOOGLE_TRANSFERS.ackSeconds,
      // Without this it is deleted once nothing has happened for a month.
      expirationPolicy: { ttl: '' },
      labels,
      dependsOn: [topic],
    });
    const subscriber = new PubsubSubscriptionIamMember(this, 'subscriber', {
      project,
      subscription: name,
      role: 'roles/pubsub.subscriber',
      member,
      dependsOn: [subscription],
    });
    const notification = new StorageNotification(this, 'notification', {
      bucket: store.bucketName,
      topic: `projects/${project}/topics/${name}`,
      payloadFormat: 'JSON_API_V1',
      eventTypes: ['OBJECT_FINALIZE'],
      ...(prefix !== undefined && { objectNamePrefix: prefix }),
      dependsOn: [...store.dependables, publisher],
    });
    this.dependables = [subscriber, notification];
    this.ids = [subscriber.id, notification.id];
  }
}

/** Where a job listens to the events of this name in a project. */
export function subscriptionOf(name: string, projectId: string): string {
  return `projects/${projectId}/subscriptions/${eventsName(name)}`;
}

/** Names that begin with `goog` are kept by the service. */
function eventsName(name: string): string {
  return physicalName(['events', name], LIMITS.events);
}
