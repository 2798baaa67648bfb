import { AlarmGroup, type AlarmOptions } from '../../constructs/azure';
import type { TerraformStack } from '../../constructs/cdktf';
import type { AlarmsPlan } from '../../estate/plan/watch-types';
import type { Tags } from '../../estate/units';
import { ofOwner } from '../alarms';

/** What action groups of a stack are made with. */
export interface GroupSettings {
  /** Their name, by the key of the owner. */
  readonly name: (owner?: string) => string;
  /** Resource group that they lie in. */
  readonly resourceGroupName: string;
  /** Tags of the group. */
  readonly tags: Tags;
}

/** Where alarms go: to an action group for each owner in a stack, which is beside the alarms. */
export function alarmsTo(
  stack: TerraformStack,
  alarms: AlarmsPlan | undefined,
  { name, ...settings }: GroupSettings,
): AlarmOptions | undefined {
  if (alarms === undefined) return undefined;
  const { owner, email } = alarms;
  const group = ofOwner(
    stack,
    alarms,
    AlarmGroup,
    (id) => new AlarmGroup(stack, id, { ...settings, name: name(owner), emails: [email] }),
  );
  return { actionGroupId: group.actionGroupId };
}
