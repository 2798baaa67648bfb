import type { TerraformStack } from '../../constructs/cdktf';
import { type AlarmOptions, AlarmTopic, type TagOptions } from '../../constructs/oracle';
import type { AlarmsPlan } from '../../estate/plan/watch-types';
import { ofOwner } from '../alarms';

/** What topics of a stack are made with. */
export interface TopicSettings extends TagOptions {
  /** Their name, by the key of the owner. */
  readonly name: (owner?: string) => string;
  /** Compartment that they lie in. */
  readonly compartmentId: string;
}

/** Where alarms go: to a topic for each owner in a stack, which is beside the alarms. */
export function alarmsTo(
  stack: TerraformStack,
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
  return { topicId: topic.topicId };
}
