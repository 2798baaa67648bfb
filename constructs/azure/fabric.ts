import { Construct, type IConstruct } from 'constructs';
import type { AzureMachine } from '../../estate/catalog/azure';
import { AZURE_INFINIBAND } from '../../estate/catalog/azure-subscription';
import type { ITerraformDependable, TerraformProvider } from '../cdktf';
import { ConstructError } from '../errors';
import { registerFeature } from './feature-registration';

/** Options of a {@link Fabric}. */
export interface FabricProps {
  /** Machine types that the subscription runs; those without InfiniBand ask for nothing. */
  readonly machines: readonly AzureMachine[];
  /**
   * Provider that registers the feature; see {@link registerFeature}.
   * @default - that of the stack, which takes over no feature that is registered already
   */
  readonly registrationProvider?: TerraformProvider;
}

/** State of the subscription-wide feature that decides how AKS sets InfiniBand up. */
export type InfinibandFeature = 'registered' | 'unregistered';

/** What a {@link Fabric} that is declared elsewhere is known by. */
export interface FabricAttributes {
  /**
   * State of the feature in the subscription.
   * @default - not known: machines with InfiniBand are then refused
   */
  readonly infinibandFeature?: InfinibandFeature;
}

/** The InfiniBand that pools of a subscription use. */
export interface IFabric extends IConstruct {
  /** State of the feature; absent where no machine has InfiniBand. */
  readonly infinibandFeature?: InfinibandFeature;
  /** What must exist before machines with InfiniBand are asked for. */
  readonly dependables: readonly ITerraformDependable[];
}

/**
 * The InfiniBand of a subscription: the feature `AKSInfinibandSupport`, registered where its machines need it.
 *
 * The fabric itself comes with a node pool, one domain for each; what can be declared is this feature. 8-GPU machines
 * need it, GB200 and GB300 must not have it, so that the two never share a subscription. That it is off cannot be
 * declared without owning every feature of AKS in the subscription; see to it by hand before the first rack:
 * `az feature unregister --namespace Microsoft.ContainerService --name AKSInfinibandSupport`.
 */
export class Fabric extends Construct implements IFabric {
  /** The InfiniBand of a subscription that declares it elsewhere; nothing is made or looked up. */
  static fromFabricAttributes(scope: Construct, id: string, { infinibandFeature }: FabricAttributes): IFabric {
    return Object.assign(new Construct(scope, id), { infinibandFeature, dependables: [] });
  }

  /** State of the feature; absent where no machine has InfiniBand. */
  readonly infinibandFeature?: InfinibandFeature;
  /** The registration; none where no machine needs the feature. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `MachineUnsuitable` when machines need opposite states of the feature */
  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    this.infinibandFeature = check(this, props);
    this.dependables =
      this.infinibandFeature === 'registered'
        ? [registerFeature(this, 'Resource', { ...AZURE_INFINIBAND, provider: props.registrationProvider })]
        : [];
  }
}

/** The state that all machines need. */
function check(scope: Construct, { machines }: FabricProps): InfinibandFeature | undefined {
  const withFeature = machines.filter(({ infinibandFeature }) => infinibandFeature !== undefined);
  const [first] = withFeature;
  const other = withFeature.find(({ infinibandFeature }) => infinibandFeature !== first?.infinibandFeature);
  if (first !== undefined && other !== undefined) {
    throw new ConstructError(
      scope,
      'MachineUnsuitable',
      `${first.type} needs AKSInfinibandSupport ${first.infinibandFeature}, ${other.type} needs it ` +
        `${other.infinibandFeature}: the feature holds for a whole subscription, so give them one each`,
    );
  }
  return first?.infinibandFeature;
}
