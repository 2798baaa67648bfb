import { Construct } from 'constructs';
import { OnsNotificationTopic } from '../../.gen/providers/oci/ons-notification-topic';
import { OnsSubscription } from '../../.gen/providers/oci/ons-subscription';
import type { TerraformProvider } from '../cdktf';
import { checkName, checkTags } from './checks';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** Options of an {@link AlarmTopic}. */
export interface AlarmTopicProps extends TagOptions {
  /** Name of the topic, the only one of the tenancy in a region. */
  readonly name: string;
  /** Compartment of the topic. */
  readonly compartmentId: string;
  /** Addresses that alarms are mailed to; each has to confirm it by a first mail. @default - nobody */
  readonly emails?: readonly string[];
  /** Provider of its region. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/** Where alarms go: a topic of Notifications, of one region. */
export class AlarmTopic extends Construct {
  /** OCID of the topic. */
  readonly topicId: string;

  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when it could not be made */
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    checkName(this, props.name);
    checkTags(this, props);
    const { provider, compartmentId } = props;
    const common = { provider, compartmentId, ...tagArguments(props) };
    const name = physicalName([props.name], LIMITS.identity);
    const topic = new OnsNotificationTopic(this, 'Resource', { ...common, name, description: 'Alarms' });
    this.topicId = topic.id;
    for (const email of props.emails ?? []) {
      new OnsSubscription(this, `mail-${email}`, {
        ...common,
        topicId: topic.id,
        protocol: 'EMAIL',
        endpoint: email,
      });
    }
  }
}
