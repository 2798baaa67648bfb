import { diffDocuments, diffTemplates, ref } from './documents';

const vpc = (cidr: string) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } });
const network = (outputs: object, cidr = '10.0.0.0/16') => ({ Resources: { Vpc: vpc(cidr) }, Outputs: outputs });
const exported = (name: string) => ({ Value: { Ref: 'Vpc' }, Export: { Name: name } });
const group = (vpcId: unknown) => ({
  Resources: { G: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g', VpcId: vpcId } } },
});
const reading = (name: string) => group({ 'Fn::ImportValue': name });

describe('outputs of CloudFormation stacks', () => {
  test('tells one that goes with who reads it, and that the reader lets go', () => {
    const [change] = diffTemplates(
      { network: network({ A: exported('a') }), cluster: reading('a') },
      { network: network({}), cluster: group('vpc-1') },
    );
    expect(change).toMatchObject({
      stack: 'network',
      changes: [],
      outputs: [{ name: 'a', change: 'removed', readers: ['cluster'], staying: [] }],
      refused: [],
    });
  });

  test('tells one that comes with who will read it', () => {
    const [change] = diffTemplates(
      { network: network({}), cluster: group('vpc-1') },
      { network: network({ A: exported('a') }), cluster: reading('a') },
    );
    expect(change?.outputs).toEqual([{ name: 'a', change: 'added', readers: ['cluster'], staying: ['cluster'] }]);
  });

  test('refuses another value of one that a stack goes on reading', () => {
    const stacks = (cidr: string) => ({ network: network({ A: exported('a') }, cidr), cluster: reading('a') });
    const [change] = diffTemplates(stacks('10.0.0.0/16'), stacks('10.1.0.0/16'));
    expect(change?.outputs).toEqual([{ name: 'a', change: 'changed', readers: ['cluster'], staying: ['cluster'] }]);
    expect(change?.refused).toEqual([
      expect.objectContaining({
        who: 'CloudFormation',
        why: 'the export a would get another value while cluster reads it',
        way: expect.stringMatching(/^in two passes: first an estate in which cluster needs none of it/),
      }),
    ]);
  });

  test('counts several exports in one refusal', () => {
    const both = { A: exported('a'), B: exported('b') };
    const stacks = (cidr: string) => ({ network: network(both, cidr), one: reading('a'), two: reading('b') });
    const [change] = diffTemplates(stacks('10.0.0.0/16'), stacks('10.1.0.0/16'));
    expect(change?.refused.map(({ why }) => why)).toEqual([
      '2 exports, such as a, would get another value while one, two read it',
    ]);
  });

  test('lets one change that nobody reads any longer, and one without an export', () => {
    const plain = { A: { Value: { Ref: 'Vpc' } } };
    const stacks = (cidr: string) => ({ network: network(plain, cidr), cluster: group('vpc-1') });
    const [change] = diffTemplates(stacks('10.0.0.0/16'), stacks('10.1.0.0/16'));
    expect(change?.outputs).toEqual([{ name: 'A', change: 'changed', readers: [], staying: [] }]);
    expect(change?.refused).toEqual([]);
    const [letGo] = diffTemplates(
      { network: network({ A: exported('a') }), cluster: reading('a') },
      { network: network({ A: exported('a') }, '10.1.0.0/16'), cluster: group('vpc-1') },
    );
    expect(letGo?.outputs).toEqual([{ name: 'a', change: 'changed', readers: ['cluster'], staying: [] }]);
    expect(letGo?.refused).toEqual([]);
  });

  test('says nothing of outputs that stay', () => {
    const stacks = { network: network({ A: exported('a') }), cluster: reading('a') };
    expect(diffTemplates(stacks, stacks).flatMap(({ outputs }) => outputs)).toEqual([]);
  });
});

describe('outputs of Terraform stacks', () => {
  const state = (stack: string) => ({ backend: { local: { path: `${stack}.tfstate` } } });
  const vcn = (output: object, dns = 'a') => ({
    terraform: state('network'),
    resource: { oci_core_vcn: { vcn: { compartment_id: 'c', cidr_blocks: ['10.0.0.0/16'], dns_label: dns } } },
    output,
  });
  const id = { 'vcn-id': { value: ref('oci_core_vcn.vcn.id') } };
  const cluster = (vcnId: string) => ({
    terraform: state('cluster'),
    data: { terraform_remote_state: { net: { backend: 'local', config: { path: 'network.tfstate' } } } },
    resource: { oci_core_network_security_group: { nodes: { compartment_id: 'c', vcn_id: vcnId } } },
  });
  const reads = cluster(ref('data.terraform_remote_state.net.outputs.vcn-id'));
  const outputsOf = (before: object, after: object) =>
    diffDocuments({ ...before }, { ...after }).find(({ stack }) => stack === 'network')?.outputs;

  test('tells those that come, go and change, with who reads them', () => {
    const free = cluster('ocid1.vcn');
    expect(outputsOf({ network: vcn({}), cluster: free }, { network: vcn(id), cluster: reads })).toEqual([
      { name: 'vcn-id', change: 'added', readers: ['cluster'], staying: ['cluster'] },
    ]);
    expect(outputsOf({ network: vcn(id), cluster: reads }, { network: vcn({}), cluster: free })).toEqual([
      { name: 'vcn-id', change: 'removed', readers: ['cluster'], staying: [] },
    ]);
    expect(outputsOf({ network: vcn(id), cluster: reads }, { network: vcn(id, 'b'), cluster: reads })).toEqual([
      { name: 'vcn-id', change: 'changed', readers: ['cluster'], staying: ['cluster'] },
    ]);
    expect(outputsOf({ network: vcn(id), cluster: reads }, { network: vcn(id), cluster: reads })).toEqual([]);
  });
});
