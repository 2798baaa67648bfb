import { Construct } from 'constructs';
import type { AzureMachine } from '../../estate/catalog/azure';
import type { TerraformResource } from '../cdktf';
import { registerFeature } from './feature-registration';

/** Properties of Fabric. */
export interface FabricProps {
  /** Machine types that the subscription runs; those without InfiniBand ask for nothing. */
  readonly machines: readonly AzureMachine[];
}

/** State of the subscription-wide feature that decides how AKS sets InfiniBand up. */
export type InfinibandFeature = 'registered' | 'unregistered';

/**
 * The InfiniBand of a subscription: the feature `AKSInfinibandSupport`, registered where its machines need it.
 *
 * The fabric itself comes with a node pool, one domain for each; what can be declared is this feature. 8-GPU machines
 * need it, GB200 and GB300 must not have it, so that the two never share a subscription. That it is off cannot be
 * declared without owning every feature of AKS in the subscription; see to it by hand before the first rack:
 * `az feature unregister --namespace Microsoft.ContainerService --name AKSInfinibandSupport`.
 */
export class Fabric extends Construct {
  /** Absent where no machine has InfiniBand. */
  readonly infinibandFeature?: InfinibandFeature;
  /** Absent where no machine needs the feature. */
  readonly registration?: TerraformResource;

  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    this.infinibandFeature = requiredFeature(props.machines);
    if (this.infinibandFeature !== 'registered') return;
    this.registration = registerFeature(this, 'Resource', 'Microsoft.ContainerService', 'AKSInfinibandSupport');
  }
}

function requiredFeature(machines: readonly AzureMachine[]): InfinibandFeature | undefined {
  const withFeature = machines.filter(({ infinibandFeature }) => infinibandFeature !== undefined);
  const [first] = withFeature;
  const other = withFeature.find(({ infinibandFeature }) => infinibandFeature !== first?.infinibandFeature);
  if (first !== undefined && other !== undefined) {
    throw new Error(
      `${first.type} needs AKSInfinibandSupport ${first.infinibandFeature}, ${other.type} needs it ` +
        `${other.infinibandFeature}: the feature holds for a whole subscription, so give them one each`,
    );
  }
  return first?.infinibandFeature;
}
