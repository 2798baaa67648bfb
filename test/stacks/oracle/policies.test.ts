import type { OracleMachine } from '../../../estate/catalog/oracle';
import { accountPolicies } from '../../../stacks/oracle/policies';
import { machine } from './fixture';

const TRAIN = 'ocid1.compartment.oc1..train';
const HERE = `in compartment id ${TRAIN}`;
const NODEPOOL = `where all {request.principal.type = 'nodepool', request.principal.compartment.id = '${TRAIN}'}`;
const CLUSTER = `where all {request.principal.type = 'cluster', request.principal.compartment.id = '${TRAIN}'}`;
const RACK = "where all {request.principal.type = 'compute-gpu-memory-clusters'}";

/** Every statement that an account may be given and why, by the policy that it stands in. */
const WHY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'compartment services': {
    [`Allow service blockstorage to use keys ${HERE}`]:
      'boot volumes of nodes are encrypted with the key of their cluster',
    [`Allow service lustrefs to use keys ${HERE}`]: 'file systems are encrypted with the key of their site',
    [`Allow service oke to use key-delegates ${HERE}`]: 'OKE hands the key of a cluster to the volumes of its nodes',
    [`Allow any-user to use keys ${HERE} ${CLUSTER}`]: 'a cluster of the account encrypts its secrets with its key',
  },
  'compartment services-us-ashburn-1': {
    [`Allow service objectstorage-us-ashburn-1 to use keys ${HERE}`]:
      'buckets are encrypted with the key of their site',
    [`Allow service objectstorage-us-ashburn-1 to manage object-family ${HERE}`]:
      'the service carries out the lifecycle rules of objects itself',
  },
  'compartment services-us-phoenix-1': {
    [`Allow service objectstorage-us-phoenix-1 to use keys ${HERE}`]: 'as in the other region',
    [`Allow service objectstorage-us-phoenix-1 to manage object-family ${HERE}`]: 'as in the other region',
  },
  'compartment managed-pools': {
    [`Allow any-user to use key-delegates ${HERE} ${NODEPOOL}`]: 'a pool of the account hands the key to boot volumes',
    [`Allow any-user to use compute-capacity-reservations ${HERE} ${NODEPOOL}`]:
      'a pool of the account launches its nodes out of a reservation',
    [`Allow any-user to {COMPUTE_CLUSTER_LAUNCH_INSTANCE} ${HERE} ${NODEPOOL}`]:
      'a pool of the account launches its nodes into an RDMA network',
    [`Allow any-user to {HOST_GROUP_LAUNCH_INSTANCE} ${HERE} ${NODEPOOL}`]:
      'a pool of the account launches its nodes on dedicated hosts',
    [`Allow service oke to use compute-capacity-reservations ${HERE}`]: 'OKE asks for reservations beside the pool',
  },
  'compartment health': {
    [`Allow dynamic-group nodes to use metrics ${HERE} where target.metrics.namespace = 'gpu_infrastructure_health'`]:
      'agents on the nodes report the health of GPUs',
    [`Allow dynamic-group nodes to use metrics ${HERE} where target.metrics.namespace = 'rdma_infrastructure_health'`]:
      'agents on the nodes report the health of RDMA links',
  },
  'compartment racks': {
    [`Allow dynamic-group nodes to {CLUSTER_JOIN} ${HERE}`]: 'nodes of racks join their cluster by themselves',
    [`Allow any-user to use key-delegates ${HERE} ${RACK}`]: 'a rack hands the key of its cluster to boot volumes',
    [`Allow any-user to manage instance-family ${HERE} ${RACK}`]: 'a rack launches and replaces its hosts',
    [`Allow any-user to read compute-management-family ${HERE} ${RACK}`]: 'a rack reads the template of its hosts',
    [`Allow any-user to use volume-family ${HERE} ${RACK}`]: 'a rack attaches the boot volumes of its hosts',
  },
  'tenancy tenancy': {
    'Allow service lustrefs to use virtual-network-family in tenancy':
      'file systems are reached at an address of a subnet',
  },
  'tenancy tenancy-racks': {
    [`Allow any-user to use compute-gpu-memory-fabrics in tenancy ${RACK}`]: 'racks are allotted to the whole tenancy',
    [`Allow any-user to use virtual-network-family in tenancy ${RACK}`]:
      'hosts get an address of a subnet, which may be of another compartment',
    [`Allow any-user to use tag-namespaces in tenancy ${RACK}`]:
      'hosts get the tags that a compartment has by default, whoever defined them',
  },
};

/** The same as lists. */
const STATEMENTS = Object.fromEntries(Object.entries(WHY).map(([policy, whys]) => [policy, Object.keys(whys)]));

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

  test('have a reason each, and no node manages anything', () => {
    for (const whys of Object.values(WHY)) for (const why of Object.values(whys)) expect(why).not.toBe('');
    const ofNodes = Object.values(STATEMENTS)
      .flat()
      .filter((statement) => statement.includes('dynamic-group'));
    expect(ofNodes.filter((statement) => / (?:manage|read) /.test(statement))).toEqual([]);
    expect(ofNodes.filter((statement) => statement.includes('in tenancy'))).toEqual([]);
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
