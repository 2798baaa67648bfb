import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import type { Construct } from 'constructs';
import { TerraformStack } from '../../constructs/cdktf';
import { GOOGLE_APIS } from '../../estate/catalog/google';
import type { AccountPlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { useGoogle } from './google-stack';

/** Options of a {@link FoundationStack}. */
export interface FoundationStackProps {
  /** The project. */
  readonly account: AccountPlan<'google'>;
  /** Whether networks of the project are told of DNS servers. @default false */
  readonly dns?: boolean;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/** What exists once for a project: the APIs that everything else is made with. */
export class FoundationStack extends TerraformStack {
  constructor(scope: Construct, id: string, { account, dns = false, state }: FoundationStackProps) {
    super(scope, id);
    const { projectId } = account.ids;
    useGoogle(this, { projectId, state });
    for (const service of [...GOOGLE_APIS.names, ...(dns ? [GOOGLE_APIS.dns] : [])]) {
      // Others may use the same API in the project: it stays enabled when the estate is gone.
      new ProjectService(this, service, { project: projectId, service, disableOnDestroy: false });
    }
  }
}
