import { fieldPath, isRecord, listed, type Report, shown } from '../problems';
import { quantityOf } from '../quantity';
import { checkPort, checkTarget } from './containers';
import { type Fields, fieldsOf, type KindCheck, listOf } from './kind-check';
import { checkKey, checkLabels, checkName, checkSelector, NAME_FORMS } from './names';

const KUBERNETES = 'https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis';

const PRIORITY_MOST = 1_000_000_000;
const DATA_KEY = /^[-._a-zA-Z0-9]+$/;
const CIDR = /^(\d{1,3}(\.\d{1,3}){3}\/([0-9]|[12]\d|3[0-2])|[0-9a-fA-F:]*:[0-9a-fA-F:.]*\/\d{1,3})$/;
const LEVELS = ['privileged', 'baseline', 'restricted'];

/** Fields of a volume that say nothing of where it is. */
const NO_SOURCES = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

function checkNamespace(object: Fields, report: Report): void {
  for (const [key, value] of Object.entries(fieldsOf(fieldsOf(object.metadata).labels))) {
    const [, part] = /^pod-security\.kubernetes\.io\/(?:enforce|audit|warn)(-version)?$/.exec(key) ?? [undefined, null];
    const at = fieldPath('metadata.labels', key);
    if (part === undefined && !LEVELS.includes(String(value)))
      report('NotAllowed', at, `is ${shown(value)}; allowed is ${listed(LEVELS)}`);
    if (part === '-version' && !/^(latest|v1\.\d+)$/.test(String(value)))
      report('NotAllowed', at, `is ${shown(value)}; it has to be latest or such as v1.36`);
  }
}

function checkData(object: Fields, report: Report): void {
  for (const part of ['data', 'binaryData', 'stringData']) {
    for (const key of Object.keys(fieldsOf(object[part]))) {
      const at = fieldPath(part, key);
      if (!DATA_KEY.test(key) || key.length > 253 || key === '.' || key.startsWith('..'))
        report('NotAllowed', at, `is ${shown(key)}; keys have letters, digits, "-", "_" and "."`);
    }
  }
}

function checkPriority(object: Fields, report: Report): void {
  const { name } = fieldsOf(object.metadata);
  const { value } = object;
  if (String(name).startsWith('system-'))
    report('NotAllowed', 'metadata.name', `is ${shown(name)}; names with system- are those of Kubernetes`);
  if (typeof value === 'number' && value > PRIORITY_MOST)
    report('NotAllowed', 'value', `is ${value}; at most ${PRIORITY_MOST} is allowed`);
}

function checkBudget(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined)
    report('Rule', 'spec', 'has minAvailable and maxUnavailable; only one of them goes');
  for (const name of ['minAvailable', 'maxUnavailable']) {
    const value = spec[name];
    if (value === undefined) continue;
    const isFine = typeof value === 'number' ? value >= 0 : /^(\d{1,2}|100)%$/.test(String(value));
    if (!isFine)
      report('NotAllowed', `spec.${name}`, `is ${shown(value)}; it has to be a number from 0 on, or from 0% to 100%`);
  }
  checkSelector(spec.selector, 'spec.selector', report);
}

function checkService(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  const ports = listOf(spec.ports);
  const { type = 'ClusterIP' } = spec;
  const isBare = spec.clusterIP === 'None' || type === 'ExternalName';
  checkLabels(spec.selector, 'spec.selector', report);
  if (ports.length === 0 && !isBare) report('MissingField', 'spec.ports', 'is missing');
  for (const [index, { port, name, targetPort, nodePort }] of ports.entries()) {
    const at = `spec.ports[${index}]`;
    if (typeof port === 'number') checkPort(port, `${at}.port`, report);
    if (targetPort !== 0) checkTarget(targetPort, `${at}.targetPort`, report);
    if (nodePort !== undefined && type === 'ClusterIP')
      report('Rule', `${at}.nodePort`, 'goes with type NodePort or LoadBalancer only');
    if (ports.length > 1 && (name === undefined || name === ''))
      report('MissingField', `${at}.name`, 'is missing, which several ports need');
    if (typeof name === 'string' && name !== '') checkName(name, NAME_FORMS.label, `${at}.name`, report);
  }
  if (type === 'ExternalName' && (spec.externalName ?? '') === '')
    report('MissingField', 'spec.externalName', 'is missing');
}

function checkPeers(peers: readonly Fields[], path: string, report: Report): void {
  for (const [index, peer] of peers.entries()) {
    const at = `${path}[${index}]`;
    const block = peer.ipBlock;
    const selectors = ['podSelector', 'namespaceSelector'].filter((name) => peer[name] !== undefined);
    if (block === undefined && selectors.length === 0)
      report('MissingField', at, 'names nobody: podSelector, namespaceSelector or ipBlock');
    if (block !== undefined && selectors.length > 0)
      report('Rule', `${at}.ipBlock`, `does not go with ${selectors.join(' and ')}`);
    for (const name of selectors) checkSelector(peer[name], `${at}.${name}`, report);
    const { cidr, except } = fieldsOf(block);
    const ranges = [
      ...(block === undefined ? [] : [['cidr', cidr]]),
      ...(Array.isArray(except) ? except.map((each, place) => [`except[${place}]`, each]) : []),
    ];
    for (const [name, range] of ranges) {
      if (!CIDR.test(String(range)))
        report('NotAllowed', `${at}.ipBlock.${name}`, `is ${shown(range)}; it has to be a range such as 10.0.0.0/8`);
    }
  }
}

function checkNetworkPolicy(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  checkSelector(spec.podSelector, 'spec.podSelector', report);
  for (const [part, side] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [index, rule] of listOf(spec[part]).entries()) {
      checkPeers(listOf(rule[side]), `spec.${part}[${index}].${side}`, report);
      for (const [place, each] of listOf(rule.ports).entries()) {
        const at = `spec.${part}[${index}].ports[${place}]`;
        if (typeof each.port === 'number') checkPort(each.port, `${at}.port`, report);
        if (each.endPort !== undefined && typeof each.port !== 'number')
          report('Rule', `${at}.endPort`, 'goes with a port that is a number');
        if (typeof each.endPort === 'number' && typeof each.port === 'number' && each.endPort < each.port)
          report('Rule', `${at}.endPort`, `is ${each.endPort}; it has to be at least port, ${each.port}`);
      }
    }
  }
  const types = Array.isArray(spec.policyTypes) ? spec.policyTypes : [];
  for (const [index, type] of types.entries()) {
    if (type !== 'Ingress' && type !== 'Egress')
      report('NotAllowed', `spec.policyTypes[${index}]`, `is ${shown(type)}; allowed is Ingress, Egress`);
  }
  if (types.length > 2) report('NotAllowed', 'spec.policyTypes', `has ${types.length} entries; at most 2 are allowed`);
}

function checkRole(object: Fields, report: Report): void {
  for (const [index, rule] of listOf(object.rules).entries()) {
    const at = `rules[${index}]`;
    const has = (name: string) => Array.isArray(rule[name]) && rule[name].length > 0;
    if (!has('verbs')) report('MissingField', `${at}.verbs`, 'is empty');
    if (has('nonResourceURLs')) {
      if (object.kind === 'Role') report('Rule', `${at}.nonResourceURLs`, 'goes in a ClusterRole only');
      if (has('apiGroups') || has('resources') || has('resourceNames'))
        report('Rule', `${at}.nonResourceURLs`, 'does not go with resources in one rule');
      continue;
    }
    if (!has('apiGroups')) report('MissingField', `${at}.apiGroups`, 'is empty; "" is the core of Kubernetes');
    if (!has('resources')) report('MissingField', `${at}.resources`, 'is empty');
  }
}

function checkBinding(object: Fields, report: Report): void {
  const { apiGroup = 'rbac.authorization.k8s.io', kind, name } = fieldsOf(object.roleRef);
  if (apiGroup !== 'rbac.authorization.k8s.io' && apiGroup !== '')
    report('NotAllowed', 'roleRef.apiGroup', `is ${shown(apiGroup)}; allowed is rbac.authorization.k8s.io`);
  const kinds = object.kind === 'ClusterRoleBinding' ? ['ClusterRole'] : ['ClusterRole', 'Role'];
  if (!kinds.includes(String(kind)))
    report('NotAllowed', 'roleRef.kind', `is ${shown(kind)}; allowed is ${kinds.join(', ')}`);
  if (name === '') report('MissingField', 'roleRef.name', 'is missing');
  else checkName(String(name), NAME_FORMS.segment, 'roleRef.name', report);
  for (const [index, subject] of listOf(object.subjects).entries()) {
    const at = `subjects[${index}]`;
    const isAccount = subject.kind === 'ServiceAccount';
    if (subject.name === '') report('MissingField', `${at}.name`, 'is missing');
    else if (isAccount) checkName(String(subject.name), NAME_FORMS.subdomain, `${at}.name`, report);
    if (!isAccount && subject.kind !== 'User' && subject.kind !== 'Group')
      report('NotAllowed', `${at}.kind`, `is ${shown(subject.kind)}; allowed is ServiceAccount, User, Group`);
    const group = subject.apiGroup ?? '';
    if (isAccount && group !== '')
      report('NotAllowed', `${at}.apiGroup`, `is ${shown(group)}; accounts are of the core, ""`);
    if (!isAccount && group !== '' && group !== 'rbac.authorization.k8s.io')
      report('NotAllowed', `${at}.apiGroup`, `is ${shown(group)}; allowed is rbac.authorization.k8s.io`);
    const needsNamespace = isAccount && object.kind === 'ClusterRoleBinding';
    if (needsNamespace && (subject.namespace ?? '') === '')
      report('MissingField', `${at}.namespace`, 'is missing, which accounts need');
  }
}

function checkClaim(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  checkAccess(spec, report);
  const { storage } = fieldsOf(fieldsOf(spec.resources).requests);
  if (storage === undefined) report('MissingField', 'spec.resources.requests.storage', 'is missing');
  else if ((quantityOf(storage) ?? 0) <= 0)
    report('NotAllowed', 'spec.resources.requests.storage', `is ${shown(storage)}; it has to be more than 0`);
  checkSelector(spec.selector, 'spec.selector', report);
}

function checkAccess(spec: Fields, report: Report): void {
  const modes = Array.isArray(spec.accessModes) ? spec.accessModes : [];
  const allowed = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
  if (modes.length === 0) report('MissingField', 'spec.accessModes', 'is missing');
  for (const [index, mode] of modes.entries()) {
    if (!allowed.includes(String(mode)))
      report('NotAllowed', `spec.accessModes[${index}]`, `is ${shown(mode)}; allowed is ${allowed.join(', ')}`);
  }
  if (modes.includes('ReadWriteOncePod') && modes.length > 1)
    report('Rule', 'spec.accessModes', 'has ReadWriteOncePod, which goes alone');
  const { storageClassName } = spec;
  if (typeof storageClassName === 'string' && storageClassName !== '')
    checkName(storageClassName, NAME_FORMS.subdomain, 'spec.storageClassName', report);
}

function checkVolume(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  checkAccess(spec, report);
  const { storage } = fieldsOf(spec.capacity);
  if (storage === undefined) report('MissingField', 'spec.capacity.storage', 'is missing');
  else if ((quantityOf(storage) ?? 0) <= 0)
    report('NotAllowed', 'spec.capacity.storage', `is ${shown(storage)}; it has to be more than 0`);
  const sources = Object.keys(spec).filter((name) => !NO_SOURCES.includes(name) && isRecord(spec[name]));
  if (sources.length === 0) report('MissingField', 'spec', 'has no source, such as csi');
  if (sources.length > 1) report('Rule', 'spec', `has several sources: ${sources.join(', ')}`);
  if (spec.csi !== undefined) {
    checkCsi(fieldsOf(spec.csi), report);
  }
  const others = Object.keys(fieldsOf(spec.capacity)).filter((name) => name !== 'storage');
  if (others.length > 0) report('NotAllowed', 'spec.capacity', `has ${others.join(', ')}; allowed is storage`);
}

function checkCsi(csi: Fields, report: Report): void {
  const { driver, volumeHandle } = csi;
  if (driver === '') report('MissingField', 'spec.csi.driver', 'is missing');
  else checkName(String(driver).toLowerCase(), { ...NAME_FORMS.subdomain, maxLength: 63 }, 'spec.csi.driver', report);
  if (volumeHandle === '') report('MissingField', 'spec.csi.volumeHandle', 'is missing');
  for (const [name, value] of Object.entries(csi).filter(([key]) => key.endsWith('SecretRef'))) {
    for (const field of ['name', 'namespace']) {
      if ((fieldsOf(value)[field] ?? '') === '') report('MissingField', `spec.csi.${name}.${field}`, 'is missing');
    }
  }
}

function checkDevices(devices: Fields, path: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const [index, request] of listOf(devices.requests).entries()) {
    const at = `${path}.requests[${index}]`;
    checkName(String(request.name), NAME_FORMS.label, `${at}.name`, report);
    if (seen.has(request.name))
      report('Duplicate', `${at}.name`, `is ${shown(request.name)}, which stands here already`);
    seen.add(request.name);
    const others = listOf(request.firstAvailable).length;
    const given = [...(request.exactly === undefined ? [] : ['exactly']), ...(others > 0 ? ['firstAvailable'] : [])];
    if (given.length !== 1) report('Rule', at, 'has to have exactly one of exactly, firstAvailable');
    const { deviceClassName } = fieldsOf(request.exactly);
    if (request.exactly !== undefined)
      checkName(String(deviceClassName ?? ''), NAME_FORMS.subdomain, `${at}.exactly.deviceClassName`, report);
  }
}

function checkStorageClass(object: Fields, report: Report): void {
  if (object.provisioner === '') report('MissingField', 'provisioner', 'is missing');
  else checkKey(String(object.provisioner).toLowerCase(), 'provisioner', report);
  if (object.reclaimPolicy === 'Recycle')
    report('NotAllowed', 'reclaimPolicy', 'is "Recycle"; allowed is "Delete", "Retain"');
  const parameters = Object.entries(fieldsOf(object.parameters));
  if (parameters.some(([key]) => key === '')) report('NotAllowed', 'parameters', 'has a key that is empty');
}

/** What Kubernetes refuses in other objects, beyond its schemas. */
export const KUBERNETES_CHECKS: readonly KindCheck[] = [
  {
    kinds: ['v1/Namespace'],
    check: checkNamespace,
    source: `${KUBERNETES}/core/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['v1/ConfigMap', 'v1/Secret'],
    check: checkData,
    source: `${KUBERNETES}/core/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['v1/Service'],
    check: checkService,
    source: `${KUBERNETES}/core/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['v1/PersistentVolumeClaim'],
    check: checkClaim,
    source: `${KUBERNETES}/core/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['v1/PersistentVolume'],
    check: checkVolume,
    source: `${KUBERNETES}/core/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['scheduling.k8s.io/v1/PriorityClass'],
    check: checkPriority,
    source: `${KUBERNETES}/scheduling/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['policy/v1/PodDisruptionBudget'],
    check: checkBudget,
    source: `${KUBERNETES}/policy/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['networking.k8s.io/v1/NetworkPolicy'],
    check: checkNetworkPolicy,
    source: `${KUBERNETES}/networking/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['rbac.authorization.k8s.io/v1/ClusterRole', 'rbac.authorization.k8s.io/v1/Role'],
    check: checkRole,
    source: `${KUBERNETES}/rbac/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['rbac.authorization.k8s.io/v1/ClusterRoleBinding', 'rbac.authorization.k8s.io/v1/RoleBinding'],
    check: checkBinding,
    source: `${KUBERNETES}/rbac/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['resource.k8s.io/v1/ResourceClaim'],
    check: ({ spec }, report) => checkDevices(fieldsOf(fieldsOf(spec).devices), 'spec.devices', report),
    source: `${KUBERNETES}/resource/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['resource.k8s.io/v1/ResourceClaimTemplate'],
    check: ({ spec }, report) =>
      checkDevices(fieldsOf(fieldsOf(fieldsOf(spec).spec).devices), 'spec.spec.devices', report),
    source: `${KUBERNETES}/resource/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['storage.k8s.io/v1/StorageClass'],
    check: checkStorageClass,
    source: `${KUBERNETES}/storage/validation/validation.go`,
    checked: '2026-11',
  },
];
