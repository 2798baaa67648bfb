import { ResourceProviderRegistration } from '@cdktf/provider-azurerm/lib/resource-provider-registration';
import { Construct } from 'constructs';
import type { AzureMachine } from '../../estate/catalog/azure';

/** Properties of Fabric. */
export interface FabricProps {
  /** Machine types that the subscription runs; those without InfiniBand ask for nothing. */
  readonly machines: readonly AzureMachine[];
}

/** State of the subscription-wide feature that decides how AKS sets InfiniBand up. */
export type InfinibandFeature = 'registered' | 'unregistered';

/**
 * The InfiniBand of a subscription: the feature `AKSInfinibandSupport`, in the state that its machines need.
 *
 * The fabric itself comes with a node pool, one domain for each; what can be declared is this feature. 8-GPU machines
 * need it, GB200 and GB300 must not have it, so that the two never share a subscription. It exists once in a
 * subscription and stays declared even without such machines, because leaving it out unregisters AKS.
 *
 * Where `Microsoft.ContainerService` is registered already, import it first:
 * `/subscriptions/ID/providers/Microsoft.ContainerService`. The resource then owns every feature of that provider.
 */
export class Fabric extends Construct {
  /** Absent where no machine has InfiniBand. */
  readonly infinibandFeature?: InfinibandFeature;
  readonly registration: ResourceProviderRegistration;

  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    this.infinibandFeature = requiredFeature(props.machines);
    this.registration = new ResourceProviderRegistration(this, 'Resource', {
      name: 'Microsoft.ContainerService',
      feature:
        this.infinibandFeature === undefined
          ? undefined
          : [{ name: 'AKSInfinibandSupport', registered: this.infinibandFeature === 'registered' }],
      lifecycle: { preventDestroy: true },
    });
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
