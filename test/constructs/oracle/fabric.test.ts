import { TerraformElement } from '../../../constructs/cdktf';
import { Fabric } from '../../../constructs/oracle/fabric';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { machine, newFabric, newNetwork, newStack, ZONE } from './scene';

describe('oracle Fabric', () => {
  test('has the compute cluster as its default child', () => {
    expect(newFabric(newStack(), 'BM.GPU.H200.8').node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('names neither fabrics nor network blocks, of which a compute cluster takes 15', () => {
    const stack = newStack();
    newFabric(stack, 'BM.GPU.H200.8');
    const cluster = onlyResource(synthStack(stack), 'oci_core_compute_cluster');
    expect(cluster.availability_domain).toBe(ZONE);
    expect(cluster).not.toHaveProperty('placement_constraint_details');
    expect(cluster).not.toHaveProperty('lifecycle');
  });

  test('protects the one of racks, whose replacement would destroy them all', () => {
    const stack = newStack();
    newFabric(stack, 'BM.GPU.GB300.4');
    const cluster = onlyResource(synthStack(stack), 'oci_core_compute_cluster');
    expect(cluster.lifecycle).toEqual({ prevent_destroy: true });
  });

  test('fails when the machine has no RDMA network', () => {
    expect(() => newFabric(newStack(), 'VM.Standard.E5.Flex')).toThrow(/VM\.Standard\.E5\.Flex has no RDMA network/);
  });

  test('lies in another compartment than its network when it is told so', () => {
    const stack = newStack();
    const common = { name: 'atlas', network: newNetwork(stack), zone: ZONE, machine: machine('BM.GPU.H200.8') };
    new Fabric(stack, 'fabric', { ...common, compartmentId: 'ocid1.compartment.oc1..platform' });
    expect(onlyResource(synthStack(stack), 'oci_core_compute_cluster').compartment_id).toBe(
      'ocid1.compartment.oc1..platform',
    );
    expect(() => new Fabric(stack, 'lost', { ...common, zone: 'Uocm:PHX-AD-9' })).toThrow(/\[ZoneUnknown\]/);
  });
});
