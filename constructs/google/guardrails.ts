import { OrgPolicyPolicy } from '@cdktf/provider-google/lib/org-policy-policy';
import { Construct } from 'constructs';
import { GOOGLE_LOCATIONS } from '../../estate/catalog/guardrails';
import type { ITerraformDependable, TerraformProvider } from '../cdktf';
import { ConstructError } from '../errors';
import { type GuardrailMode, limitedRegions, requireLimits } from '../guardrails';

/** Options of {@link Guardrails}. */
export interface GuardrailsProps {
  /** Project that is limited; it has to belong to an organization. */
  readonly projectId: string;
  /** Regions that are allowed, each with its zones. @default - all that are not denied */
  readonly regions?: readonly string[];
  /** Regions that are denied, each with its zones. @default - none */
  readonly deniedRegions?: readonly string[];
  /** Whether what breaks a limit is only logged, or denied. @default 'dry-run' */
  readonly mode?: GuardrailMode;
  /**
   * Provider that says which project asks, since the service takes no question of a person without one.
   * @default - the provider of the stack, which is enough for a service account
   */
  readonly provider?: TerraformProvider;
  /** What has to exist before it, such as the API that it is made with. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Limits of regions as Google Cloud enforces them: an organization policy of a project. */
export class Guardrails extends Construct {
  /**
   * @throws ConstructError with `PolicyInvalid` when it would limit nothing, or allow no region
   * @throws ConstructError with `TooMany` when there are more regions than a policy takes
   */
  constructor(scope: Construct, id: string, props: GuardrailsProps) {
    super(scope, id);
    const { constraint, mostValues } = GOOGLE_LOCATIONS;
    const limits = limitedRegions(this, props);
    requireLimits(this, 'regions or deniedRegions', limits);
    if (limits === undefined) return;
    const places = ('allow' in limits ? limits.allow : limits.deny).map((region) => `in:${region}-locations`);
    if (places.length > mostValues) {
      const what = `${places.length} regions are more than the ${mostValues} values of a policy; leave some out`;
      throw new ConstructError(this, 'TooMany', what);
    }
    const values = 'allow' in limits ? { allowedValues: places } : { deniedValues: places };
    const spec = { rules: [{ values }] };
    new OrgPolicyPolicy(this, 'Resource', {
      provider: props.provider,
      name: `projects/${props.projectId}/policies/${constraint}`,
      parent: `projects/${props.projectId}`,
      ...(props.mode === 'deny' ? { spec } : { dryRunSpec: spec }),
      dependsOn: props.dependsOn === undefined ? undefined : [...props.dependsOn],
    });
  }
}
