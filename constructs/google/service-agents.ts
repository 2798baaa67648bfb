import { DataGoogleLoggingProjectCmekSettings } from '@cdktf/provider-google/lib/data-google-logging-project-cmek-settings';
import { DataGoogleStorageProjectServiceAccount } from '@cdktf/provider-google/lib/data-google-storage-project-service-account';
import { DataGoogleStorageTransferProjectServiceAccount } from '@cdktf/provider-google/lib/data-google-storage-transfer-project-service-account';
import type { Construct } from 'constructs';
import type { ITerraformDependable } from '../cdktf';

/** A service that encrypts with a key of the customer. */
export type ServiceAgent = 'compute' | 'container' | 'logging' | 'lustre' | 'storage';

/** The project that a service acts on behalf of. */
export interface AgentProject {
  /** Number of the project: most agents are named by it. */
  readonly number: string;
  /** What services know the project by when they are asked for their agent: its id or number. */
  readonly reference: string;
}

/** The service account by which a service acts on behalf of a project. */
export interface Agent {
  /** IAM member. */
  readonly member: string;
  /** What has to be there before anything is granted to it. */
  readonly dependables: readonly ITerraformDependable[];
}

type AgentMaker = (scope: Construct, project: AgentProject) => Agent;

/** Agents that come into being with the API of their service. */
const named =
  (domain: string): AgentMaker =>
  (_, { number }) => ({
    member: `serviceAccount:service-${number}@${domain}.iam.gserviceaccount.com`,
    dependables: [],
  });

const AGENTS: Readonly<Record<ServiceAgent, AgentMaker>> = {
  compute: named('compute-system'),
  container: named('container-engine-robot'),
  lustre: named('gcp-sa-lustre'),
  // Cloud Storage makes its agent when it is first asked for it, and IAM refuses members that do not exist.
  storage: (scope, project) => {
    const asked = new DataGoogleStorageProjectServiceAccount(scope, 'storage-agent', { project: project.reference });
    return { ...named('gs-project-accounts')(scope, project), dependables: [asked] };
  },
  // Cloud Logging alone says which of its accounts it encrypts with.
  logging: (scope, project) => {
    const settings = new DataGoogleLoggingProjectCmekSettings(scope, 'logging-agent', { project: project.reference });
    return { member: `serviceAccount:${settings.serviceAccountId}`, dependables: [] };
  },
};

/** The agent of a service; one that has to be asked for is asked in the scope. */
export function serviceAgent(scope: Construct, service: ServiceAgent, project: AgentProject): Agent {
  return AGENTS[service](scope, project);
}

/** IAM member of the agent by which Storage Transfer Service copies for a project. */
export function transferAgent(projectNumber: string): string {
  return `serviceAccount:project-${projectNumber}@storage-transfer-service.iam.gserviceaccount.com`;
}

/** Has the agent of Storage Transfer Service made: that happens when it is first asked for, and IAM refuses it before. */
export function askForTransferAgent(scope: Construct, id: string, reference: string): ITerraformDependable {
  return new DataGoogleStorageTransferProjectServiceAccount(scope, id, { project: reference });
}
