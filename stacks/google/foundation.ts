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
  /** Whether clusters of the project ask a policy which images they run. @default false */
  readonly binaryAuthorization?: boolean;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/** What exists once for a project: the APIs that everything else is made with. */
export class FoundationStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id);
    const { dns = false, binaryAuthorization = false } = props;
    const { projectId } = props.account.ids;
    useGoogle(this, { projectId, state: props.state });
    const services = [
      ...GOOGLE_APIS.names,
      ...(dns ? [GOOGLE_APIS.dns] : []),
      ...(binaryAuthorization ? [GOOGLE_APIS.binaryAuthorization] : []),
    ];
    for (const service of services) {
      // Others may use the same API in the project: it stays enabled when the estate is gone.
      new ProjectService(this, service, { project: projectId, service, disableOnDestroy: false });
    }
  }
}
