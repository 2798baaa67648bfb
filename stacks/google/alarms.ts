import type { TerraformStack } from '../../constructs/cdktf';
import { AlarmChannel, type AlarmOptions } from '../../constructs/google';
import type { AlarmsPlan } from '../../estate/plan/watch-types';
import type { Tags } from '../../estate/units';
import { ofOwner } from '../alarms';

/** What channels of a stack are made with. */
export interface ChannelSettings {
  /** Their name, by the key of the owner. */
  readonly name: (owner?: string) => string;
  /** Project of what the alarms watch. */
  readonly projectId: string;
  /** Labels of the channel. */
  readonly tags: Tags;
}

/** Where alarms go: by a channel for each owner in a stack, which is beside the alarms. */
export function alarmsTo(
  stack: TerraformStack,
  alarms: AlarmsPlan | undefined,
  { name, ...settings }: ChannelSettings,
): AlarmOptions | undefined {
  if (alarms === undefined) return undefined;
  const { owner, email } = alarms;
  const channel = ofOwner(
    stack,
    alarms,
    AlarmChannel,
    (id) => new AlarmChannel(stack, id, { ...settings, name: name(owner), email }),
  );
  return { notificationChannel: channel.notificationChannel };
}
