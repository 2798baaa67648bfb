import type { Field } from './field';
import { violationsOf } from './pod-security';
import type { HostPort, NamedThing, PodNeeds } from './types';

/** What pods need of their cluster besides room on a node. */
export function readNeeds(spec: Field): PodNeeds {
  const account = nameAt(spec.at('serviceAccountName')) ?? nameAt(spec.at('serviceAccount'));
  const node = nameAt(spec.at('nodeName'));
  return {
    violations: violationsOf(spec),
    hostPorts: hostPorts(spec),
    claims: spec
      .at('volumes')
      .items()
      .flatMap((volume) => nameAt(volume.at('persistentVolumeClaim', 'claimName')) ?? []),
    ...(account && { account }),
    ...(node && { node }),
  };
}

function nameAt(field: Field): NamedThing | undefined {
  const name = field.text();
  return name === undefined || name === '' ? undefined : { name, at: field.path };
}

/** Ports of its node that a pod holds: in the network of the node every port of its containers. */
function hostPorts(spec: Field): readonly HostPort[] {
  const isHost = spec.at('hostNetwork').value === true;
  const sidecars = spec
    .at('initContainers')
    .items()
    .filter((container) => container.at('restartPolicy').value === 'Always');
  return [...spec.at('containers').items(), ...sidecars].flatMap((container) =>
    container
      .at('ports')
      .items()
      .flatMap((port) => {
        const own = port.at('hostPort').count();
        const found = own !== undefined && own > 0 ? own : isHost ? port.at('containerPort').count() : undefined;
        if (found === undefined) return [];
        const protocol = port.at('protocol').text() ?? 'TCP';
        const address = port.at('hostIP').text() ?? '';
        return [{ port: found, protocol, address: address === '' ? ANY : address, at: port.path }];
      }),
  );
}

/** The address that stands for all of a node. */
const ANY = '0.0.0.0';

/** Whether two pods with these ports cannot be on one node. */
export function collide(one: HostPort, other: HostPort): boolean {
  const isSame = one.address === other.address || one.address === ANY || other.address === ANY;
  return one.port === other.port && one.protocol === other.protocol && isSame;
}
