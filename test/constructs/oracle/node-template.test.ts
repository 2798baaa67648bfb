import { execFileSync } from 'node:child_process';
import { TerraformElement } from '../../../constructs/cdktf';
import { nodeUserData } from '../../../constructs/oracle/node-bootstrap';
import { NodeTemplate, type NodeTemplateProps } from '../../../constructs/oracle/node-template';
import { hash8 } from '../../../estate/name';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { machine, newCluster, newKey, newStack, ZONE } from './scene';

function templateOf(props: Partial<NodeTemplateProps> = {}) {
  const stack = newStack();
  const template = new NodeTemplate(stack, 'template', {
    cluster: newCluster(stack),
    name: 'atlas-gpu-train',
    machine: machine('BM.GPU.GB300.4'),
    zone: ZONE,
    image: 'ocid1.image.oc1.phx.arm',
    ...props,
  });
  return { stack, template };
}

/** The instance configuration as text, and what it launches. */
function launchOf(props: Partial<NodeTemplateProps> = {}) {
  const configuration = onlyResource(synthStack(templateOf(props).stack), 'oci_core_instance_configuration');
  const { instance_details } = configuration as { instance_details: { launch_details: Record<string, unknown> } };
  return { configuration, launch: instance_details.launch_details };
}

function scriptOf(type: string, joinedBy: 'oke' | 'metadata'): string {
  return Buffer.from(nodeUserData({ machine: machine(type), release: 'v1.35.2', joinedBy }), 'base64').toString('utf8');
}

describe('oracle NodeTemplate', () => {
  test('has the instance configuration as its default child', () => {
    expect(templateOf().template.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is made anew before the old one goes, since racks refer to it', () => {
    expect(launchOf().configuration.lifecycle).toMatchObject({ create_before_destroy: true });
  });

  test('ignores tags and names, which would replace it', () => {
    const { lifecycle } = launchOf().configuration;
    expect(lifecycle).toMatchObject({
      ignore_changes: expect.arrayContaining([
        'freeform_tags',
        'display_name',
        'instance_details[0].launch_details[0].freeform_tags',
        'instance_details[0].launch_details[0].display_name',
      ]),
    });
  });

  test('hands nodes what they need to join', () => {
    expect(launchOf({ labels: { b: '2', a: '1' } }).launch.metadata).toMatchObject({
      apiserver_host: expect.stringMatching(/split\(":", oci_containerengine_cluster\..*private_endpoint\), 0\)/),
      cluster_ca_cert: expect.stringMatching(
        /^\$\{terraform_data\.cluster_certificate-authority_\w+\.output\.value\}$/,
      ),
      'oke-k8version': 'v1.35.2',
      'oke-tenancy-id': 'ocid1.tenancy.oc1..atlas',
      'oke-initial-node-labels': 'a=1,b=2',
    });
  });

  test('gives nodes defined tags when it is told to', () => {
    const nodeTags = { namespace: 'atlas-main', values: { 'estate-role': 'node' } };
    expect(launchOf({ nodeTags }).launch.defined_tags).toEqual({ 'atlas-main.estate-role': 'node' });
    expect(launchOf().launch).not.toHaveProperty('defined_tags');
  });

  test('may hold a version behind the cluster', () => {
    const { metadata } = launchOf({ version: '1.34' }).launch as { metadata: Record<string, string> };
    expect(metadata['oke-k8version']).toBe('v1.34.2');
    expect(Buffer.from(metadata.user_data ?? '', 'base64').toString('utf8')).toContain("RELEASE='1.34.2'");
  });

  test('starts without public address and without the old metadata service', () => {
    expect(launchOf().launch).toMatchObject({
      shape: 'BM.GPU.GB300.4',
      availability_domain: ZONE,
      instance_options: { are_legacy_imds_endpoints_disabled: true },
      create_vnic_details: { assign_public_ip: false },
    });
    expect(launchOf().launch).not.toHaveProperty('platform_config');
  });

  test('encrypts the boot volume with the key of the cluster', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { encryptionKey: newKey(stack) });
    const common = { name: 'racks', machine: machine('BM.GPU.GB300.4'), zone: ZONE, image: 'ocid1.image.oc1.phx.arm' };
    new NodeTemplate(stack, 'template', { ...common, cluster });
    expect(onlyResource(synthStack(stack), 'oci_core_instance_configuration')).toMatchObject({
      instance_details: { launch_details: { source_details: { kms_key_id: 'ocid1.key.oc1.phx.k' } } },
    });
  });

  test('turns the RDMA agents on', () => {
    const { agent_config } = launchOf().launch;
    expect(agent_config).toMatchObject({
      plugins_config: expect.arrayContaining([
        { name: 'Compute HPC RDMA Auto-Configuration', desired_state: 'ENABLED' },
        { name: 'Oracle Autonomous Linux', desired_state: 'DISABLED' },
      ]),
    });
  });

  test('fails when the metadata of a node is too large', () => {
    const labels = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`label-${index}`, 'x'.repeat(60)]));
    expect(() => templateOf({ labels })).toThrow(/takes \d+ bytes, at most 28000 fit; use fewer labels/);
  });
});

describe('the bootstrap script of oracle nodes', () => {
  const FABRIC = 'ocid1.computegpumemoryfabric.oc1.phx.aaaa';
  /** What the node is told when it joins, where its metadata and its host say this. */
  const toldTo = (metadata: string, host: string) => {
    const rackLabel = { key: 'estate/group', prefix: 'train-r' };
    const options = {
      machine: machine('BM.GPU.GB300.4'),
      release: 'v1.35.2',
      joinedBy: 'metadata',
      rackLabel,
    } as const;
    const script = Buffer.from(nodeUserData(options), 'base64').toString('utf8');
    const part = script.slice(script.indexOf('FABRIC='), script.indexOf('. /etc/os-release'));
    const answer = (text: string) => (text === '' ? 'return 22' : `cat <<'EOF'\n${text}\nEOF`);
    const stubs = [
      'set -euo pipefail',
      `imds() {\n  if [ "$1" = host/rdmaTopologyData ]; then\n${answer(host)}\n  else\n${answer(metadata)}\n  fi\n}`,
      `oke() { printf '<%s>' "$@"; }`,
    ];
    return execFileSync('bash', ['-c', [...stubs, part, 'join'].join('\n')], { encoding: 'utf8', stdio: 'pipe' });
  };

  test('labels a rack by the hash of its fabric, beside what the metadata tells the kubelet', () => {
    const topology = JSON.stringify({ customerHostId: 'ocid1.a', customerGpuMemoryFabric: FABRIC }, undefined, 2);
    const label = `--node-labels=estate/group=train-r${hash8(FABRIC)}`;
    expect(toldTo('', topology)).toBe(`<bootstrap><--kubelet-extra-args><${label}>`);
    const taints = '--register-with-taints=a=b:NoSchedule';
    expect(toldTo(taints, topology)).toBe(`<bootstrap><--kubelet-extra-args><${taints} ${label}>`);
    expect(toldTo('', JSON.stringify({ customerGpuMemoryFabric: FABRIC }))).toContain(label);
  });

  test('joins without the label where the host does not tell its fabric', () => {
    expect(toldTo('', '')).toBe('<bootstrap>');
    expect(toldTo('--a=b', '{ "customerHostId": "ocid1.a" }')).toBe('<bootstrap><--kubelet-extra-args><--a=b>');
  });

  test('finds its cluster in the metadata when OKE does not manage the node', () => {
    expect(scriptOf('BM.GPU.GB300.4', 'metadata')).toContain('/etc/kubernetes/ca.crt');
    expect(scriptOf('BM.GPU.H200.8', 'oke')).not.toContain('/etc/kubernetes/ca.crt');
  });

  test('takes images without a registry from the first release on that would refuse them, whoever joins it', () => {
    const said = 'short_name_mode = "disabled"';
    const file = '/etc/crio/crio.conf.d/13-short-names.conf';
    for (const joinedBy of ['oke', 'metadata'] as const) {
      const script = (release: string) => {
        const text = nodeUserData({ machine: machine('VM.Standard.E5.Flex'), release, joinedBy });
        return Buffer.from(text, 'base64').toString('utf8');
      };
      for (const release of ['v1.34.0', 'v1.36.1', 'v1.100.0']) {
        expect(script(release)).toContain(`${said}\\n' > ${file}`);
      }
      expect(script('v1.33.9')).not.toContain(said);
    }
  });

  test('masks the IMEX service of racks only', () => {
    expect(scriptOf('BM.GPU.GB300.4', 'metadata')).toContain('systemctl mask nvidia-imex.service');
    expect(scriptOf('BM.GPU.H200.8', 'oke')).not.toContain('imex');
  });

  test('prepares hosts for RDMA and leaves CPU nodes alone', () => {
    expect(scriptOf('BM.GPU.H200.8', 'oke')).toMatch(/memlock=-1:-1[\s\S]*ManageForeignRoutes=no[\s\S]*mdadm/);
    expect(scriptOf('VM.Standard.E5.Flex', 'oke')).not.toMatch(/memlock|mdadm/);
  });

  test('tries to join again and again', () => {
    expect(scriptOf('VM.Standard.E5.Flex', 'oke')).toMatch(/oke bootstrap[\s\S]*for attempt in \$\(seq 20\)/);
  });
});
