import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { AwsMachine } from '../../estate/catalog/aws-machines';

/** Security groups of a node's interfaces. */
export interface InterfaceGroups {
  /** Security group of the cluster, which every node is in. */
  readonly clusterSecurityGroupId: string;
  /** Absent where the node joins no fabric. */
  readonly fabricSecurityGroupId?: string;
}

/**
 * The network interfaces of a node, as a launch template lists them.
 *
 * None for a node without a fabric: EKS then attaches its own group to the only interface. With interfaces in the
 * template it attaches nothing, so the cluster's group stands on the primary one. No subnet is named: managed node
 * groups forbid it.
 */
export function networkInterfaces(
  { efa }: AwsMachine,
  { clusterSecurityGroupId, fabricSecurityGroupId }: InterfaceGroups,
): CfnLaunchTemplate.NetworkInterfaceProperty[] | undefined {
  if (efa === undefined || fabricSecurityGroupId === undefined) return undefined;
  const { first, last, step } = efa.efaOnlyCards;
  const cards = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
  return [
    {
      networkCardIndex: 0,
      deviceIndex: 0,
      interfaceType: efa.primary,
      groups: [clusterSecurityGroupId, fabricSecurityGroupId],
      deleteOnTermination: true,
    },
    ...cards.map((networkCardIndex) => ({
      networkCardIndex,
      // The device index counts inside a card: only card 0 has another interface before it.
      deviceIndex: networkCardIndex === 0 ? 1 : 0,
      interfaceType: 'efa-only',
      groups: [fabricSecurityGroupId],
      deleteOnTermination: true,
    })),
  ];
}
