import type { Stack } from 'aws-cdk-lib/core';
import { type AlarmOptions, AlarmTopic, type IEncryptionKey } from '../../constructs/aws';
import type { AlarmsPlan } from '../../estate/plan/watch-types';
import type { Tags } from '../../estate/units';
import { ofOwner } from '../alarms';

/** What topics of a stack are made with. */
export interface TopicSettings {
  /** Their name, by the key of the owner. */
  readonly name: (owner?: string) => string;
  /** Encrypts what is on its way: the key of the stack. */
  readonly encryptionKey: IEncryptionKey;
  /** Labels of the topic. */
  readonly tags: Tags;
}

/** Where alarms go: to a topic for each owner in a stack, which is beside the alarms. */
export function alarmsTo(
  stack: Stack,
  alarms: AlarmsPlan | undefined,
  { name, ...settings }: TopicSettings,
): AlarmOptions | undefined {
  if (alarms === undefined) return undefined;
  const { owner, email } = alarms;
  const topic = ofOwner(
    stack,
    alarms,
    AlarmTopic,
    (id) => new AlarmTopic(stack, id, { ...settings, name: `${name(owner)}-alarms`, emails: [email] }),
  );
  return { topicArn: topic.topicArn };
}
