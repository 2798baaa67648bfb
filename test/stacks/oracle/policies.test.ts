import type { OracleMachine } from '../../../estate/catalog/oracle';
import { accountPolicies } from '../../../stacks/oracle/policies';
import { machine } from './fixture';

const HERE = 'in compartment id ocid1.compartment.oc1..train';
const NODEPOOL = "where all {request.principal.type = 'nodepool'}";
const RACK = "where all {request.principal.type = 'compute-gpu-memory-clusters'}";

/** Every statement that an account may be given, by the policy that it stands in. */
const STATEMENTS: Readonly<Record<string, readonly string[]>> = {
  'compartment services': [
    `Allow service blockstorage to use keys ${HERE}`,
    `Allow service lustrefs to use keys ${HERE}`,
    `Allow service oke to use key-delegates ${HERE}`,
    `Allow any-user to use keys ${HERE} where all {request.principal.type = 'cluster'}`,
    `Allow dynamic-group nodes to use key-delegates ${HERE}`,
  ],
  'compartment services-us-ashburn-1': [
    `Allow service objectstorage-us-ashburn-1 to use keys ${HERE}`,
    `Allow service objectstorage-us-ashburn-1 to manage object-family ${HERE}`,
  ],
  'compartment services-us-phoenix-1': [
    `Allow service objectstorage-us-phoenix-1 to use keys ${HERE}`,
    `Allow service objectstorage-us-phoenix-1 to manage object-family ${HERE}`,
  ],
  'compartment managed-pools': [
    `Allow any-user to use key-delegates ${HERE} ${NODEPOOL}`,
    `Allow any-user to use compute-capacity-reservations ${HERE} ${NODEPOOL}`,
    `Allow any-user to {COMPUTE_CLUSTER_LAUNCH_INSTANCE} ${HERE} ${NODEPOOL}`,
    `Allow any-user to {HOST_GROUP_LAUNCH_INSTANCE} ${HERE} ${NODEPOOL}`,
  ],
  'compartment health': [
    `Allow dynamic-group nodes to use metrics ${HERE} where target.metrics.namespace = 'gpu_infrastructure_health'`,
    `Allow dynamic-group nodes to use metrics ${HERE} where target.metrics.namespace = 'rdma_infrastructure_health'`,
  ],
  'compartment racks': [
    `Allow dynamic-group nodes to {CLUSTER_JOIN} ${HERE}`,
    `Allow dynamic-group nodes to manage compute-clusters ${HERE}`,
    `Allow dynamic-group nodes to manage compute-gpu-memory-clusters ${HERE}`,
    `Allow any-user to use key-delegates ${HERE} ${RACK}`,
  ],
  'tenancy tenancy': ['Allow service lustrefs to use virtual-network-family in tenancy'],
  'tenancy tenancy-racks': [
    'Allow dynamic-group nodes to read compute-gpu-memory-fabrics in tenancy',
    `Allow any-user to use compute-gpu-memory-fabrics in tenancy ${RACK}`,
    `Allow any-user to manage instance-family in tenancy ${RACK}`,
    `Allow any-user to use virtual-network-family in tenancy ${RACK}`,
    `Allow any-user to read compute-management-family in tenancy ${RACK}`,
    `Allow any-user to use volume-family in tenancy ${RACK}`,
    `Allow any-user to use tag-namespaces in tenancy ${RACK}`,
  ],
};

/** What the policies of an account with these machines say. */
function policiesOf(machines: readonly OracleMachine[], regions = ['us-ashburn-1', 'us-phoenix-1']) {
  const account = {
    ids: {
      cloud: 'oracle' as const,
      tenancyId: 'ocid1.tenancy.oc1..atlas',
      compartmentId: 'ocid1.compartment.oc1..train',
      homeRegion: 'us-ashburn-1',
      objectStorageNamespace: 'atlasns',
      clusterAdmins: [],
    },
    regions,
    machines,
  };
  const policies = accountPolicies(account, 'nodes');
  return Object.fromEntries(policies.map(({ key, scope, statements }) => [`${scope} ${key}`, statements]));
}

/** The table with only some of the policies. */
function only(keys: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(STATEMENTS).filter(([key]) => keys.includes(key)));
}

const ALWAYS = ['compartment services', 'compartment services-us-ashburn-1', 'compartment services-us-phoenix-1'];

describe('the policies of an Oracle account', () => {
  test('say this and nothing else for racks and hosts together', () => {
    expect(policiesOf([machine('BM.GPU.GB300.4'), machine('BM.GPU.MI355X.8')])).toEqual(STATEMENTS);
  });

  test('say nothing of racks where there are none', () => {
    expect(policiesOf([machine('BM.GPU.MI355X.8')])).toEqual(
      only([...ALWAYS, 'compartment managed-pools', 'compartment health', 'tenancy tenancy']),
    );
  });

  test('let managed pools launch no accelerators where only racks have them', () => {
    expect(policiesOf([machine('BM.GPU.GB300.4')])).toEqual({
      ...STATEMENTS,
      'compartment managed-pools': [`Allow any-user to use key-delegates ${HERE} ${NODEPOOL}`],
    });
  });

  test('say of accelerators what they take where CPU nodes stand beside them', () => {
    const cpu: OracleMachine = { ...machine('VM.Standard.E5.Flex'), capacity: ['on-demand'] };
    expect(policiesOf([cpu, machine('BM.GPU.MI355X.8')])).toEqual(
      only([...ALWAYS, 'compartment managed-pools', 'compartment health', 'tenancy tenancy']),
    );
  });

  test('say the least for CPU nodes by use', () => {
    const cpu: OracleMachine = { ...machine('VM.Standard.E5.Flex'), capacity: ['on-demand'] };
    expect(policiesOf([cpu], ['us-phoenix-1'])).toEqual({
      ...only(['compartment services', 'compartment services-us-phoenix-1', 'tenancy tenancy']),
      'compartment managed-pools': [`Allow any-user to use key-delegates ${HERE} ${NODEPOOL}`],
    });
  });
});
