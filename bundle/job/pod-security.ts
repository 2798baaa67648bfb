import type { Path } from '../../estate/spec/positions';
import type { Field } from './field';

/** How strict a namespace is about its pods. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** What of a pod a level of pod security forbids. */
export interface PodViolation {
  /** The least strict level that forbids it. */
  readonly level: 'baseline' | 'restricted';
  /** In the words of Kubernetes. */
  readonly says: string;
  readonly at: Path;
}

interface Found {
  readonly what: string;
  readonly at: Path;
}

/** One check of the Pod Security Standards. */
interface PodSecurityCheck {
  readonly level: PodViolation['level'];
  /** What Kubernetes calls it. */
  readonly name: string;
  readonly found: (spec: Field) => readonly Found[];
}

/** Capabilities that container runtimes give by themselves. */
const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Handlers of containers that may name a host. */
const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/**
 * What the levels of pod security forbid, in the order in which Kubernetes tells of it. What only Windows has is left out:
 * no node of an estate runs it.
 */
export const POD_SECURITY_CHECKS: {
  readonly checks: readonly PodSecurityCheck[];
  readonly source: string;
  readonly checked: string;
} = {
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  checked: '2026-11',
  checks: [
    {
      level: 'restricted',
      name: 'allowPrivilegeEscalation != false',
      found: inContainers('must set securityContext.allowPrivilegeEscalation=false', (container) =>
        container.at('securityContext', 'allowPrivilegeEscalation').value === false
          ? undefined
          : container.at('securityContext', 'allowPrivilegeEscalation'),
      ),
    },
    {
      level: 'baseline',
      name: 'forbidden AppArmor profile',
      found: inSettings('appArmorProfile', 'type', (value) => value === 'Unconfined'),
    },
    {
      level: 'baseline',
      name: 'non-default capabilities',
      found: (spec) =>
        containersOf(spec).flatMap((container) =>
          added(container)
            .filter(({ value }) => !CAPABILITIES.includes(String(value)))
            .map(({ value, path }) => ({
              what: `${titleOf(container)} must not include "${value}" in securityContext.capabilities.add`,
              at: path,
            })),
        ),
    },
    {
      level: 'restricted',
      name: 'unrestricted capabilities',
      found: (spec) =>
        containersOf(spec).flatMap((container) => [
          ...(container
            .at('securityContext', 'capabilities', 'drop')
            .items()
            .some(({ value }) => value === 'ALL')
            ? []
            : [
                {
                  what: `${titleOf(container)} must set securityContext.capabilities.drop=["ALL"]`,
                  at: container.path,
                },
              ]),
          ...added(container)
            .filter(({ value }) => value !== 'NET_BIND_SERVICE' && CAPABILITIES.includes(String(value)))
            .map(({ value, path }) => ({
              what: `${titleOf(container)} must not include "${value}" in securityContext.capabilities.add`,
              at: path,
            })),
        ]),
    },
    {
      level: 'baseline',
      name: 'host namespaces',
      found: (spec) =>
        ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((key) =>
          spec.at(key).value === true ? [{ what: `${key}=true`, at: spec.at(key).path }] : [],
        ),
    },
    {
      level: 'baseline',
      name: 'hostPath volumes',
      found: (spec) =>
        spec
          .at('volumes')
          .items()
          .filter((volume) => volume.at('hostPath').isThere)
          .map((volume) => ({ what: `volume "${volume.at('name').value}"`, at: volume.at('hostPath').path })),
    },
    {
      level: 'baseline',
      name: 'hostPort',
      found: (spec) =>
        containersOf(spec).flatMap((container) =>
          container
            .at('ports')
            .items()
            .filter((port) => Number(port.at('hostPort').value ?? 0) !== 0)
            .map((port) => ({
              what: `${titleOf(container)} uses hostPort ${port.at('hostPort').value}`,
              at: port.at('hostPort').path,
            })),
        ),
    },
    {
      level: 'baseline',
      name: 'probe or lifecycle host',
      found: inContainers('uses a host in a probe or lifecycle handler', (container) =>
        HANDLERS.flatMap((steps) => ['httpGet', 'tcpSocket'].map((kind) => container.at(...steps, kind, 'host'))).find(
          ({ isThere, value }) => isThere && value !== '',
        ),
      ),
    },
    {
      level: 'baseline',
      name: 'privileged',
      found: inContainers('must not set securityContext.privileged=true', (container) => {
        const field = container.at('securityContext', 'privileged');
        return field.value === true ? field : undefined;
      }),
    },
    {
      level: 'baseline',
      name: 'procMount',
      found: inContainers('must not set securityContext.procMount', (container) => {
        const field = container.at('securityContext', 'procMount');
        return field.isThere && field.value !== 'Default' ? field : undefined;
      }),
    },
    {
      level: 'restricted',
      name: 'restricted volume types',
      found: (spec) =>
        spec
          .at('volumes')
          .items()
          .filter((volume) => !volume.at('hostPath').isThere && !VOLUMES.some((kind) => volume.at(kind).isThere))
          .map((volume) => ({ what: `volume "${volume.at('name').value}"`, at: volume.path })),
    },
    {
      level: 'restricted',
      name: 'runAsNonRoot != true',
      found: (spec) =>
        inherited(
          spec,
          'runAsNonRoot',
          undefined,
          (value) => value === true,
          'must set securityContext.runAsNonRoot=true',
        ),
    },
    {
      level: 'restricted',
      name: 'runAsUser=0',
      found: inSettings('runAsUser', undefined, (value) => value === 0),
    },
    {
      level: 'baseline',
      name: 'seccompProfile',
      found: inSettings('seccompProfile', 'type', (value) => value === 'Unconfined'),
    },
    {
      level: 'restricted',
      name: 'seccompProfile',
      found: (spec) =>
        inherited(
          spec,
          'seccompProfile',
          'type',
          (value) => value !== undefined,
          'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
        ),
    },
    {
      level: 'baseline',
      name: 'seLinuxOptions',
      found: (spec) => [
        ...inSettings('seLinuxOptions', 'type', (value) => !SELINUX_TYPES.includes(String(value)))(spec),
        ...['user', 'role'].flatMap((key) => inSettings('seLinuxOptions', key, (value) => value !== '')(spec)),
      ],
    },
    {
      level: 'baseline',
      name: 'forbidden sysctls',
      found: (spec) =>
        spec
          .at('securityContext', 'sysctls')
          .items()
          .map((sysctl) => sysctl.at('name'))
          .filter(({ value }) => !SYSCTLS.includes(String(value)))
          .map(({ value, path }) => ({ what: String(value), at: path })),
    },
  ],
};

function containersOf(spec: Field): readonly Field[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((key) => spec.at(key).items());
}

function titleOf(container: Field): string {
  return `container "${container.at('name').value}"`;
}

function added(container: Field): readonly Field[] {
  return container.at('securityContext', 'capabilities', 'add').items();
}

function inContainers(words: string, bad: (container: Field) => Field | undefined): PodSecurityCheck['found'] {
  return (spec) =>
    containersOf(spec).flatMap((container) => {
      const field = bad(container);
      if (field === undefined) return [];
      return [{ what: `${titleOf(container)} ${words}`, at: field.isThere ? field.path : container.path }];
    });
}

/** A setting that the pod and each of its containers may have, of which some values are forbidden. */
function inSettings(
  name: string,
  member: string | undefined,
  isBad: (value: unknown) => boolean,
): PodSecurityCheck['found'] {
  const steps = ['securityContext', name, ...(member === undefined ? [] : [member])];
  return (spec) =>
    [spec, ...containersOf(spec)].flatMap((owner) => {
      const field = owner.at(...steps);
      if (!field.isThere || !isBad(field.value)) return [];
      const title = owner === spec ? 'pod' : titleOf(owner);
      return [{ what: `${title} must not set ${steps.join('.')} to ${JSON.stringify(field.value)}`, at: field.path }];
    });
}

/** A setting that every container has to have, of its own or from the pod. */
function inherited(
  spec: Field,
  name: string,
  member: string | undefined,
  isGood: (value: unknown) => boolean,
  words: string,
): readonly Found[] {
  const steps = ['securityContext', name, ...(member === undefined ? [] : [member])];
  const whole = spec.at(...steps).value;
  return containersOf(spec)
    .filter((container) => !isGood(container.at(...steps).value ?? whole))
    .map((container) => ({ what: `pod or ${titleOf(container)} ${words}`, at: container.path }));
}

/** What the levels forbid of a pod. */
export function violationsOf(spec: Field): readonly PodViolation[] {
  return POD_SECURITY_CHECKS.checks.flatMap(({ level, name, found }) => {
    const all = found(spec);
    const [first] = all;
    if (first === undefined) return [];
    return [{ level, says: `${name} (${all.map(({ what }) => what).join(', ')})`, at: first.at }];
  });
}

/** What of that a level does not let through. */
export function violationsAt(violations: readonly PodViolation[], level: PodSecurityLevel): readonly PodViolation[] {
  return violations.filter((each) => level === 'restricted' || each.level === level);
}
