import { Construct } from 'constructs';
import { LimitsQuota } from '../../.gen/providers/oci/limits-quota';
import { ORACLE_COMPUTE_FAMILY } from '../../estate/catalog/guardrails';
import type { OracleMachine } from '../../estate/catalog/oracle-machines';
import type { TerraformProvider } from '../cdktf';
import { ConstructError } from '../errors';
import { allowedRegions, type GuardrailMode, machineNames, requireLimits } from '../guardrails';
import { checkId, checkName, checkTags } from './checks';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** Options of {@link Guardrails}. */
export interface GuardrailsProps extends TagOptions {
  /** Name of the quota, its own in the tenancy. */
  readonly name: string;
  /** OCID of the tenancy: all quotas lie in it, and are written in its home region. */
  readonly tenancyId: string;
  /**
   * Compartment that is limited, by the names on the way to it, such as `research:training`: statements know no OCIDs.
   * @default - the whole tenancy
   */
  readonly compartment?: string;
  /** Regions that are allowed. @default - all */
  readonly regions?: readonly string[];
  /** Machine types that may be started, by the limits that they count against; those of system pools too. @default - all */
  readonly machines?: readonly { readonly limit: Pick<OracleMachine['limit'], 'name'> }[];
  /** Whether the quota is made: nothing tries it out. @default 'dry-run' */
  readonly mode?: GuardrailMode;
  /** Provider of the home region. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/** Limits of regions and machines as Oracle Cloud enforces them: a quota of a compartment. */
export class Guardrails extends Construct {
  /** Statements of the quota: a later one holds where it meets an earlier one. */
  readonly statements: readonly string[];

  /**
   * @throws ConstructError with `PolicyInvalid` when it would limit nothing, or allow no region
   * @throws ConstructError with `IdInvalid`, `NameInvalid` or `TagInvalid` when Oracle Cloud would not take it
   */
  constructor(scope: Construct, id: string, props: GuardrailsProps) {
    super(scope, id);
    checkName(this, props.name);
    checkId(this, props.tenancyId, 'tenancy');
    checkTags(this, props);
    this.statements = this.statementsOf(props);
    if (props.mode !== 'deny') return;
    new LimitsQuota(this, 'Resource', {
      provider: props.provider,
      compartmentId: props.tenancyId,
      name: physicalName([props.name], LIMITS.identity),
      description: 'Regions and machines of the estate',
      statements: [...this.statements],
      ...tagArguments(props),
    });
  }

  /** Everything is taken away first, and what is allowed given back: a region that is new is denied. */
  private statementsOf({ compartment, machines, regions: asked }: GuardrailsProps): string[] {
    const regions = allowedRegions(this, asked);
    const quotas = machineNames(machines, ({ limit }) => `/${limit.name.replace(/count$/, '*')}/`);
    requireLimits(this, 'regions or machines', regions, quotas);
    if (compartment !== undefined && !/^[\w.-]+(:[\w.-]+)*$/.test(compartment)) {
      const what = `compartment "${compartment}" is no way to one; give names such as research:training`;
      throw new ConstructError(this, 'NameInvalid', what);
    }
    const { family } = ORACLE_COMPUTE_FAMILY;
    const where = compartment === undefined ? 'in tenancy' : `in compartment ${compartment}`;
    const given = (quotas ?? ['']).map((quota) => `unset ${family} quotas ${quota}${quota === '' ? '' : ' '}${where}`);
    return [
      `zero ${family} quotas ${where}`,
      ...given.flatMap((all) => regions?.map((region) => `${all} where request.region = ${region}`) ?? [all]),
    ];
  }
}
