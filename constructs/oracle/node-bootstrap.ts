import { ORACLE_SHORT_NAMES, type OracleMachine } from '../../estate/catalog/oracle';

/** What the first start of a node depends on. */
export interface NodeBootstrapOptions {
  /** Shape of the node. */
  readonly machine: OracleMachine;
  /** Kubernetes release, such as `v1.35.2`. */
  readonly release: string;
  /** OKE itself hands a node of a managed pool its cluster; other nodes find it in their metadata. */
  readonly joinedBy: 'oke' | 'metadata';
  /** Label that says which rack it is in. @default - none */
  readonly rackLabel?: RackLabel;
}

/** A label of the nodes of a rack, whose value tells the racks apart that start from one template. */
export interface RackLabel {
  /** Its key. */
  readonly key: string;
  /** What its value begins with; the first 8 hexadecimal digits of the SHA-256 of the OCID of the memory fabric follow. */
  readonly prefix: string;
}

const PREAMBLE = `#!/bin/bash
set -euo pipefail
imds() { curl --silent --show-error --fail --retry 30 --retry-delay 2 -H 'Authorization: Bearer Oracle' "http://169.254.169.254/opc/v2/$1"; }
# A node signs with its instance certificate when it joins; the certificate comes a little after the start.
until imds identity/cert.pem | grep -q 'BEGIN CERTIFICATE'; do sleep 2; done`;

/** The API server and its certificate authority: neither is written into the script, which so is the same everywhere. */
const FIND_CLUSTER = `
install -d -m 0755 /etc/oke /etc/kubernetes
imds instance/metadata/apiserver_host > /etc/oke/oke-apiserver
imds instance/metadata/cluster_ca_cert | base64 --decode > /etc/kubernetes/ca.crt`;

/** CRI-O would refuse images without the name of their registry; the last file that says so decides. */
const SHORT_NAMES = `
install -d /etc/crio/crio.conf.d
printf '[crio.image]\\nshort_name_mode = "disabled"\\n' > /etc/crio/crio.conf.d/13-short-names.conf`;

/** RDMA pins memory, and its extra interfaces bring routes that networkd would remove. */
const RDMA = `
install -d /etc/crio/crio.conf.d /etc/security/limits.d /etc/systemd/networkd.conf.d
printf '[crio.runtime]\\ndefault_ulimits = ["memlock=-1:-1"]\\n' > /etc/crio/crio.conf.d/12-memlock.conf
printf '* soft memlock unlimited\\n* hard memlock unlimited\\n' > /etc/security/limits.d/90-rdma.conf
printf '[Network]\\nManageForeignRoutes=no\\nManageForeignRoutingPolicyRules=no\\n' > /etc/systemd/networkd.conf.d/10-rdma.conf
systemctl try-restart systemd-networkd || true`;

/** One striped volume over the local drives; a node without it still joins, and says so in its log. */
const LOCAL_DRIVES = `
stripe() {
  mapfile -t drives < <(lsblk --noheadings --nodeps --paths --output NAME,TRAN | awk '$2 == "nvme" { print $1 }')
  [ "\${#drives[@]}" -gt 0 ] &&
    { mdadm --stop --scan || true; } &&
    mdadm --create /dev/md/local --run --force --level=0 --raid-devices="\${#drives[@]}" "\${drives[@]}" &&
    mkfs.xfs -f /dev/md/local &&
    install -d /mnt/nvme &&
    echo "UUID=$(blkid --match-tag UUID --output value /dev/md/local) /mnt/nvme xfs noatime,nofail 0 0" >> /etc/fstab &&
    mount /mnt/nvme
}
stripe || echo 'the local drives are not mounted on /mnt/nvme' >&2`;

/** Racks share memory through the DRA driver of NVIDIA, which runs the IMEX daemon itself. */
const RACK = `
systemctl disable --now nvidia-imex.service 2> /dev/null || true
systemctl mask nvidia-imex.service`;

/** The fabric of a rack, which the host knows where the tenancy has a topology of its dedicated capacity. */
const FABRIC = `
FABRIC=$(imds host/rdmaTopologyData | tr -d '\\n' | sed -n 's/.*"customerGpuMemoryFabric" *: *"\\([^"]*\\)".*/\\1/p') || FABRIC=''`;

/**
 * What the kubelet of a rack is told besides its metadata. The tool of OKE may take this in place of the arguments that
 * stand in the metadata, so those are in it.
 */
function kubeletArguments({ key, prefix }: RackLabel): string {
  return `${FABRIC}
ARGUMENTS=$(imds instance/metadata/kubelet-extra-args 2> /dev/null) || ARGUMENTS=''
if [ -n "$FABRIC" ]; then
  ARGUMENTS="\${ARGUMENTS:+$ARGUMENTS }--node-labels=${key}=${prefix}$(printf %s "$FABRIC" | sha256sum | cut -c1-8)"
else
  echo 'the host does not tell its memory fabric: this node goes without ${key}' >&2
fi`;
}

/** Joins with the tool of the image; Ubuntu images may only carry its packages, Oracle Linux gets a script from OKE. */
const JOIN = `
join() {
  if command -v oke > /dev/null; then oke bootstrap; else bash /var/run/oke-init.sh; fi
}`;

/** The same with arguments of the kubelet, where there are any. */
const JOIN_WITH_ARGUMENTS = `
join() {
  set -- \${ARGUMENTS:+--kubelet-extra-args "$ARGUMENTS"}
  if command -v oke > /dev/null; then oke bootstrap "$@"; else bash /var/run/oke-init.sh "$@"; fi
}`;

/** Gets the tool where the image has it not yet, and joins. */
const GET_TOOL = `. /etc/os-release
if ! command -v oke > /dev/null; then
  packages="/opt/oke-node-client-packages/ubuntu-\${VERSION_CODENAME:-}/kubernetes-\${RELEASE%.*}"
  if [ -d "$packages/dists" ]; then
    printf 'Types: deb\\nURIs: file://%s\\nSuites: stable\\nComponents: main\\nTrusted: yes\\n' "$packages" \\
      > /etc/apt/sources.list.d/oke-node-client.sources
    apt-get -y -o DPkg::Lock::Timeout=600 update
    apt-get -y -o DPkg::Lock::Timeout=600 install "oci-oke-node-all-$RELEASE"
  elif ! imds instance/metadata/oke_init_script | base64 --decode > /var/run/oke-init.sh; then
    echo 'this image has neither the oke command nor the packages of OKE: choose a worker node image of OKE' >&2
    exit 1
  fi
fi
for attempt in $(seq 20); do
  if join; then exit 0; fi
  echo "attempt $attempt to join the cluster failed" >&2
  sleep 15
done
exit 1`;

/** The script that makes a host a node of the cluster, as user data (base64). */
export function nodeUserData({ machine, release, joinedBy, rackLabel }: NodeBootstrapOptions): string {
  const script = [
    PREAMBLE,
    `RELEASE='${release.replace(/^v/, '')}'`,
    joinedBy === 'metadata' ? FIND_CLUSTER : '',
    refusesShortNames(release) ? SHORT_NAMES : '',
    machine.scaleOutGbps > 0 ? RDMA : '',
    machine.localNvmeGB > 0 ? LOCAL_DRIVES : '',
    machine.scaleUpNodes > 1 ? RACK : '',
    ...(rackLabel === undefined ? [JOIN] : [kubeletArguments(rackLabel), JOIN_WITH_ARGUMENTS]),
    GET_TOOL,
  ];
  return Buffer.from(`${script.filter((part) => part !== '').join('\n')}\n`, 'utf8').toString('base64');
}

function refusesShortNames(release: string): boolean {
  const [, minor = ''] = /^v1\.(\d+)/.exec(release) ?? [];
  return Number(minor) >= ORACLE_SHORT_NAMES.refusedFromMinor;
}
