import { fieldPath, listed, type Report, shown } from '../problems';
import { quantityOf } from '../quantity';
import { type Fields, fieldsOf, listOf } from './kind-check';
import { checkKey, checkName, NAME_FORMS } from './names';

/** Resources that containers ask for by a name without a domain; source: k8s.io/kubernetes v1.36.3, pkg/apis/core/helper. */
const PLAIN_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
const ENV_NAME = /^[ -<>-~]+$/;
/** What a variable of a container can be told of its pod; source: k8s.io/kubernetes v1.36.3, pkg/apis/core/validation. */
const POD_FIELDS =
  /^(metadata\.(name|namespace|uid|annotations|labels)|metadata\.(annotations|labels)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];

const isHugePages = (name: string) => name.startsWith('hugepages-');
/** Resources of which nodes promise no more than they have: devices, and large pages. */
const isExact = (name: string) => isHugePages(name) || (name.includes('/') && !name.includes('kubernetes.io/'));

function checkResources(resources: Fields, path: string, report: Report): void {
  const limits = fieldsOf(resources.limits);
  const requests = fieldsOf(resources.requests);
  for (const [part, amounts] of Object.entries({ limits, requests })) {
    for (const [name, given] of Object.entries(amounts))
      checkAmount(name, given, fieldPath(`${path}.${part}`, name), report);
  }
  for (const [name, given] of Object.entries(requests)) {
    const limit = limits[name];
    const at = fieldPath(`${path}.requests`, name);
    const [asked = 0, most = 0] = [quantityOf(given), quantityOf(limit)];
    if (limit === undefined && isExact(name))
      report('Rule', at, `needs the same in limits: ${name} is given as it is asked for`);
    else if (limit !== undefined && isExact(name) && asked !== most)
      report('Rule', at, `is ${shown(given)}; it has to be the limit, ${shown(limit)}`);
    else if (limit !== undefined && asked > most)
      report('Rule', at, `is ${shown(given)}, which is more than the limit, ${shown(limit)}`);
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory'))
    report('Rule', path, 'asks for large pages, which need cpu or memory beside them');
}

function checkAmount(name: string, given: unknown, path: string, report: Report): void {
  const amount = quantityOf(given) ?? 0;
  checkKey(name, path, report);
  if (!name.includes('/') && !PLAIN_RESOURCES.includes(name) && !isHugePages(name)) {
    const allowed = `${PLAIN_RESOURCES.join(', ')}, hugepages-SIZE and names with a domain`;
    report('NotAllowed', path, `is no resource of containers; allowed is ${allowed}`);
  }
  if (amount < 0) report('NotAllowed', path, `is ${shown(given)}; it has to be at least 0`);
  if (isHugePages(name)) {
    const size = name.slice('hugepages-'.length);
    if (amount % (quantityOf(size) ?? 1) !== 0)
      report('NotAllowed', path, `is ${shown(given)}; it has to be whole pages of ${size}`);
  } else if (isExact(name) && !Number.isInteger(amount)) {
    report('NotAllowed', path, `is ${shown(given)}; only whole numbers of it can be given`);
  }
}

/** Reports what Kubernetes refuses in a container, as far as it is followed here. */
export function checkContainer(container: Fields, volumes: ReadonlySet<unknown>, path: string, report: Report): void {
  const { name, image } = container;
  if (typeof name === 'string') checkName(name, NAME_FORMS.label, `${path}.name`, report);
  if (image === undefined || image === '') report('MissingField', `${path}.image`, 'is missing');
  checkResources(fieldsOf(container.resources), `${path}.resources`, report);
  for (const [index, each] of listOf(container.env).entries()) checkVariable(each, `${path}.env[${index}]`, report);
  const isPrivileged = fieldsOf(container.securityContext).privileged === true;
  for (const [index, mount] of listOf(container.volumeMounts).entries())
    checkMount(mount, volumes, isPrivileged, `${path}.volumeMounts[${index}]`, report);
  for (const [index, { containerPort, hostPort, name: called }] of listOf(container.ports).entries()) {
    const at = `${path}.ports[${index}]`;
    if (typeof containerPort === 'number') checkPort(containerPort, `${at}.containerPort`, report);
    if (typeof hostPort === 'number' && hostPort !== 0) checkPort(hostPort, `${at}.hostPort`, report);
    if (called !== '') checkTarget(called, `${at}.name`, report);
  }
  for (const probe of PROBES) {
    if (container[probe] !== undefined) checkProbe(fieldsOf(container[probe]), `${path}.${probe}`, report);
  }
}

function checkVariable(variable: Fields, path: string, report: Report): void {
  const { name, value, valueFrom } = variable;
  if (!ENV_NAME.test(String(name)))
    report('NotAllowed', `${path}.name`, `is ${shown(name)}; it has to be printable, without "="`);
  if (valueFrom === undefined) return;
  const count = Object.keys(fieldsOf(valueFrom)).length;
  if (count !== 1) report('Rule', `${path}.valueFrom`, `has ${count} sources; exactly one is needed`);
  if (typeof value === 'string' && value !== '') report('Rule', `${path}.valueFrom`, 'does not go with value');
  const { apiVersion = 'v1', fieldPath: field } = fieldsOf(fieldsOf(valueFrom).fieldRef);
  if (apiVersion !== 'v1' && apiVersion !== '')
    report('NotAllowed', `${path}.valueFrom.fieldRef.apiVersion`, `is ${shown(apiVersion)}; allowed is v1`);
  if (field !== undefined && !POD_FIELDS.test(String(field)))
    report(
      'NotAllowed',
      `${path}.valueFrom.fieldRef.fieldPath`,
      `is ${shown(field)}; allowed is such as metadata.name, metadata.labels['KEY'], spec.nodeName, status.podIP`,
    );
}

function checkMount(
  mount: Fields,
  volumes: ReadonlySet<unknown>,
  isPrivileged: boolean,
  path: string,
  report: Report,
): void {
  const { name, mountPath, mountPropagation } = mount;
  if (!volumes.has(name)) {
    const known = volumes.size === 0 ? 'it has none' : `they are ${listed([...volumes])}`;
    report('NotAllowed', `${path}.name`, `is ${shown(name)}, which is no volume of the pod; ${known}`);
  }
  if (mountPropagation === 'Bidirectional' && !isPrivileged)
    report('Rule', `${path}.mountPropagation`, 'is Bidirectional, which goes in privileged containers only');
  if (mountPath === '') report('MissingField', `${path}.mountPath`, 'is missing');
  if (String(mountPath).includes(':'))
    report('NotAllowed', `${path}.mountPath`, `is ${shown(mountPath)}; it must not have ":"`);
}

function checkProbe(probe: Fields, path: string, report: Report): void {
  const handlers = HANDLERS.filter((name) => probe[name] !== undefined);
  if (handlers.length !== 1)
    report('Rule', path, `has ${handlers.length} ways to ask; exactly one of ${HANDLERS.join(', ')} is needed`);
  for (const name of ['httpGet', 'tcpSocket']) checkTarget(fieldsOf(probe[name]).port, `${path}.${name}.port`, report);
}

/** Reports a port of a container that there is not, given by its number or its name. */
export function checkTarget(port: unknown, path: string, report: Report): void {
  if (typeof port === 'number') checkPort(port, path, report);
  if (typeof port === 'string') checkName(port, NAME_FORMS.port, path, report);
}

/** Reports a number that is no port. */
export function checkPort(port: number, path: string, report: Report): void {
  if (port < 1 || port > 65535) report('NotAllowed', path, `is ${port}; it has to be from 1 to 65535`);
}
