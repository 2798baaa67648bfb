import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import type { Construct } from 'constructs';
import { TerraformStack } from '../../constructs/cdktf';
import { Budget, Guardrails } from '../../constructs/google';
import { GOOGLE_APIS } from '../../estate/catalog/google';
import { GOOGLE_TRANSPORT } from '../../estate/catalog/google-links';
import { GOOGLE_TRANSFERS } from '../../estate/catalog/google-transfers';
import { ids } from '../../estate/plan/ids';
import type { AccountPlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { budgetProps, guardrailMode } from '../budgets';
import { useGoogle } from './google-stack';
import { addAccountGrants } from './grants';
import { addTransferAgent } from './replication';

/** Options of a {@link FoundationStack}. */
export interface FoundationStackProps {
  /** The project. */
  readonly account: AccountPlan<'google'>;
  /** Whether networks of the project are told of DNS servers. @default false */
  readonly dns?: boolean;
  /** Whether clusters of the project ask a policy which images they run. @default false */
  readonly binaryAuthorization?: boolean;
  /** Whether networks of the project have circuits to another provider. @default false */
  readonly interconnects?: boolean;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/** What exists once for a project: the APIs that everything else is made with, its budget, its limits and whom it trusts. */
export class FoundationStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id);
    const { dns = false, binaryAuthorization = false, interconnects = false } = props;
    const {
      budget,
      guardrails,
      grants,
      transfers,
      ids: { projectId },
    } = props.account;
    const isTrusting = grants !== undefined && grants.trusts.length > 0;
    // One provider for all: with another one gone, Terraform could not delete what it made.
    const asks = budget !== undefined || guardrails !== undefined;
    useGoogle(this, { projectId, release: props.account.providerRelease, state: props.state, asks });
    const services = [
      ...GOOGLE_APIS.names,
      ...(dns ? [GOOGLE_APIS.dns] : []),
      ...(binaryAuthorization ? [GOOGLE_APIS.binaryAuthorization] : []),
      ...(interconnects ? [GOOGLE_TRANSPORT.api] : []),
      ...(isTrusting ? GOOGLE_APIS.federation : []),
      ...(transfers?.jobs === true ? [GOOGLE_TRANSFERS.api] : []),
      ...(transfers?.events === true ? [GOOGLE_TRANSFERS.eventsApi] : []),
      ...(budget === undefined ? [] : [GOOGLE_APIS.budgets]),
      ...(guardrails === undefined ? [] : [GOOGLE_APIS.guardrails]),
    ];
    const made = new Map(
      services.map((service): [string, ProjectService] => [
        service,
        // Others may use the same API in the project: it stays enabled when the estate is gone.
        new ProjectService(this, service, { project: projectId, service, disableOnDestroy: false }),
      ]),
    );
    const after = (...names: string[]) => names.flatMap((name) => made.get(name) ?? []);
    this.addBudget(props.account, after(GOOGLE_APIS.budgets, 'monitoring.googleapis.com'));
    this.addGuardrails(props.account, after(GOOGLE_APIS.guardrails));
    for (const service of after(GOOGLE_TRANSFERS.api)) addTransferAgent(this, service);
    if (isTrusting)
      addAccountGrants(this, props.account, grants, after('iam.googleapis.com', ...GOOGLE_APIS.federation));
  }

  private addBudget(account: AccountPlan<'google'>, dependsOn: ProjectService[]): void {
    const { budget, tags } = account;
    if (budget === undefined) return;
    const { billingAccount, projectId, projectNumber } = account.ids;
    if (billingAccount === undefined) {
      throw new Error(`account ${account.key} has a budget and no billing account: the rules must refuse it`);
    }
    const place = { billingAccount, projectId, projectNumber, currency: budget.currency };
    new Budget(this, ids.budget, { ...budgetProps('google', account, budget), ...place, dependsOn, tags });
  }

  private addGuardrails(account: AccountPlan<'google'>, dependsOn: ProjectService[]): void {
    const { guardrails } = account;
    if (guardrails === undefined) return;
    const { regions, deniedRegions } = guardrails;
    const mode = guardrailMode(guardrails);
    const { projectId } = account.ids;
    new Guardrails(this, ids.guardrails, { projectId, regions, deniedRegions, mode, dependsOn });
  }
}
