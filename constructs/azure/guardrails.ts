import { SubscriptionPolicyAssignment } from '@cdktf/provider-azurerm/lib/subscription-policy-assignment';
import { Construct } from 'constructs';
import type { AzureMachine } from '../../estate/catalog/azure';
import { AZURE_POLICIES } from '../../estate/catalog/guardrails';
import { allowedRegions, type GuardrailMode, machineNames, requireLimits } from '../guardrails';
import { checkName } from './checks';
import { LIMITS, physicalName } from './names';

/** Options of {@link Guardrails}. */
export interface GuardrailsProps {
  /** First part of the names of the assignments. */
  readonly name: string;
  /** Id of the subscription, a GUID. */
  readonly subscriptionId: string;
  /** Regions that are allowed. @default - all */
  readonly regions?: readonly string[];
  /** Machine types that may be started, those of system pools among them. @default - all */
  readonly machines?: readonly Pick<AzureMachine, 'type'>[];
  /** Whether what breaks a limit is only reported, or denied. @default 'dry-run' */
  readonly mode?: GuardrailMode;
}

/** Limits of regions and machines as Azure Policy enforces them: assignments of built-in policies to a subscription. */
export class Guardrails extends Construct {
  /**
   * @throws ConstructError with `PolicyInvalid` when it would limit nothing, or allow no region
   * @throws ConstructError with `NameInvalid` when the assignments could not be named
   */
  constructor(scope: Construct, id: string, props: GuardrailsProps) {
    super(scope, id);
    checkName(this, 'guardrails', props.name);
    const values = {
      regions: allowedRegions(this, props.regions),
      machines: machineNames(props.machines, ({ type }) => type),
    };
    requireLimits(this, 'regions or machines', values.regions, values.machines);
    for (const { key, definition, parameter, limits: what, message } of AZURE_POLICIES) {
      const value = values[what];
      if (value === undefined) continue;
      new SubscriptionPolicyAssignment(this, key, {
        name: physicalName([props.name, key], LIMITS.policyAssignment),
        subscriptionId: `/subscriptions/${props.subscriptionId}`,
        policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${definition}`,
        parameters: JSON.stringify({ [parameter]: { value } }),
        enforce: props.mode === 'deny',
        nonComplianceMessage: [{ content: message }],
      });
    }
  }
}
