import { parseCidr } from '../../estate/cidr';
import { isFake } from '../fakes';
import type { PathStep } from '../protocol';
import { type Check, type Finding, type Samples, valueAt } from './check';

/** What an argument takes, which the real provider leaves to the service. */
interface Accepted {
  readonly path: readonly PathStep[];
  readonly accepts: (text: string) => boolean;
  /** What is accepted, in words. */
  readonly allowed: string;
  /** Some that are. @default - random values often are */
  readonly samples?: readonly string[];
}

const ACCEPTED: Readonly<Record<string, readonly Accepted[]>> = {
  oci_containerengine_cluster: [
    oneOf(['type'], ['ENHANCED_CLUSTER', 'BASIC_CLUSTER']),
    oneOf(['cluster_pod_network_options', 0, 'cni_type'], ['FLANNEL_OVERLAY', 'OCI_VCN_IP_NATIVE']),
  ],
  oci_core_vcn: [0, 1, 2, 3, 4].map((index) => networkBlock(['cidr_blocks', index])),
  oci_core_subnet: [networkBlock(['cidr_block'])],
  oci_core_network_security_group_security_rule: [
    oneOf(['direction'], ['INGRESS', 'EGRESS']),
    oneOf(['source_type'], ['CIDR_BLOCK', 'NETWORK_SECURITY_GROUP', 'SERVICE_CIDR_BLOCK']),
    oneOf(['destination_type'], ['CIDR_BLOCK', 'NETWORK_SECURITY_GROUP', 'SERVICE_CIDR_BLOCK']),
    {
      path: ['protocol'],
      accepts: (text) => text === 'all' || (/^\d{1,3}$/.test(text) && Number(text) <= 255),
      allowed: '"all" or the number of a protocol, such as "6" for TCP',
      samples: ['all', '6', '17'],
    },
  ],
  oci_kms_key: [
    {
      path: ['auto_key_rotation_details', 0, 'rotation_interval_in_days'],
      accepts: (text) => Number(text) >= 60 && Number(text) <= 365,
      allowed: '60 to 365 days',
    },
  ],
  oci_lustre_file_storage_lustre_file_system: [
    oneOf(['root_squash_configuration', 0, 'identity_squash'], ['NONE', 'ROOT']),
  ],
  oci_objectstorage_bucket: [oneOf(['versioning'], ['Enabled', 'Disabled', 'Suspended'])],
};

/** Values that Oracle's provider hands to the service unseen: it plans a cluster of any type in a network "banana". */
export const oracleValues: Check = {
  name: 'oracle-values',
  decides: 'service',
  types: Object.keys(ACCEPTED),
  source: 'https://github.com/oracle/terraform-provider-oci/tree/v8.28.0/website/docs/r',
  checked: '2026-11',
  samples: Object.fromEntries(Object.entries(ACCEPTED).map(([type, rows]) => [type, samplesOf(rows)])),
  find: ({ type, values }) =>
    (ACCEPTED[type] ?? []).flatMap(({ path, accepts, allowed }): Finding[] => {
      const value = valueAt(values, ...path);
      if (value === undefined || value === null) return [];
      const text = String(value);
      if (isFake(text) || accepts(text)) return [];
      return [{ path, message: `"${text}" is not accepted by the service`, hint: `allowed: ${allowed}` }];
    }),
};

function samplesOf(rows: readonly Accepted[]): Samples {
  return Object.fromEntries(
    rows.flatMap(({ path, samples }) =>
      samples === undefined ? [] : [[path.filter((step) => typeof step === 'string').join('.'), samples]],
    ),
  );
}

function oneOf(path: readonly PathStep[], values: readonly string[]): Accepted {
  const known = new Set(values.map((value) => value.toUpperCase()));
  return { path, accepts: (text) => known.has(text.toUpperCase()), allowed: values.join(', '), samples: values };
}

function networkBlock(path: readonly PathStep[]): Accepted {
  const allowed = 'an IPv4 block from /16 to /30 without host bits, such as 10.192.0.0/16';
  return {
    path,
    accepts: (text) => {
      const prefix = parseCidr(text)?.prefix ?? 0;
      return prefix >= 16 && prefix <= 30;
    },
    allowed,
  };
}
