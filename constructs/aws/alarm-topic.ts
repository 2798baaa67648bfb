import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { checkKeyRegion, checkName } from './checks';
import type { IEncryptionKey } from './encryption-key';
import { addTags } from './names';

const { PARTITION, REGION, ACCOUNT_ID } = Aws;

/** Options of an {@link AlarmTopic}. */
export interface AlarmTopicProps {
  /** What the topic is called in mails. */
  readonly name: string;
  /** Encrypts what is on its way; CloudWatch gets the use of it. */
  readonly encryptionKey: IEncryptionKey;
  /** Addresses that alarms are mailed to; each has to confirm it by a first mail. @default - nobody */
  readonly emails?: readonly string[];
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** Where alarms of one region go: a topic that CloudWatch publishes to, for alarms of this account. */
export class AlarmTopic extends Construct {
  /** The topic as CDK knows it. */
  readonly topic: sns.Topic;
  /** ARN of the topic. */
  readonly topicArn: string;

  /** @throws ConstructError with NameInvalid, KeyUnsuitable or TagInvalid when it could not be made */
  constructor(scope: Construct, id: string, { name, encryptionKey, emails = [], tags = {} }: AlarmTopicProps) {
    super(scope, id);
    checkName(this, name);
    checkKeyRegion(this, encryptionKey);
    const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com');
    encryptionKey.grants.alarms();
    this.topic = new sns.Topic(this, 'Resource', { displayName: name, masterKey: encryptionKey.key, enforceSSL: true });
    this.node.defaultChild = this.topic.node.defaultChild;
    this.topicArn = this.topic.topicArn;
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'Alarms',
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        // As SNS documents it, of alarms that are in its account and region.
        conditions: { ArnLike: { 'aws:SourceArn': `arn:${PARTITION}:cloudwatch:${REGION}:${ACCOUNT_ID}:alarm:*` } },
      }),
    );
    for (const endpoint of emails) {
      new sns.Subscription(this, `mail-${endpoint}`, {
        topic: this.topic,
        protocol: sns.SubscriptionProtocol.EMAIL,
        endpoint,
      });
    }
    addTags(this, { ...tags, Name: name });
  }
}
