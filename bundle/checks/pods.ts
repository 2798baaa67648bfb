import { fieldPath, isRecord, listed, type Report, shown } from '../problems';
import { checkContainer } from './containers';
import { type Fields, fieldsOf, listOf } from './kind-check';
import { checkKey, checkLabels, checkName, checkSelector, NAME_FORMS } from './names';

const SECONDS_MOST = 2 ** 31 - 1;

function checkToleration(toleration: Fields, path: string, report: Report): void {
  const { key, operator = 'Equal', value, effect, tolerationSeconds } = toleration;
  const hasKey = typeof key === 'string' && key !== '';
  if (hasKey) checkKey(key, `${path}.key`, report);
  else if (operator !== 'Exists') report('Rule', `${path}.operator`, `has to be Exists where there is no key`);
  if (operator !== 'Equal' && operator !== 'Exists')
    report('NotAllowed', `${path}.operator`, `is ${shown(operator)}; allowed is Equal, Exists`);
  if (operator === 'Exists' && typeof value === 'string' && value !== '')
    report('Rule', `${path}.value`, `is ${shown(value)}; Exists goes with no value`);
  if (operator === 'Equal' && typeof value === 'string')
    checkName(value, NAME_FORMS.labelValue, `${path}.value`, report);
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    report('Rule', `${path}.effect`, `has to be NoExecute where there are tolerationSeconds`);
}

function checkVolume(volume: Fields, path: string, report: Report): void {
  const { name, ...sources } = volume;
  if (typeof name === 'string') checkName(name, NAME_FORMS.label, `${path}.name`, report);
  const given = Object.entries(sources).filter(([, source]) => isRecord(source));
  if (given.length > 1) report('Rule', path, `has several sources: ${given.map(([key]) => key).join(', ')}`);
  for (const [key, source] of given) {
    const wanted = {
      hostPath: 'path',
      persistentVolumeClaim: 'claimName',
      secret: 'secretName',
      configMap: 'name',
      csi: 'driver',
    }[key];
    if (wanted !== undefined && (fieldsOf(source)[wanted] ?? '') === '')
      report('MissingField', `${path}.${key}.${wanted}`, 'is missing');
  }
}

/** Claims of containers are those of their pod, which have a name and one source. */
function checkClaims(spec: Fields, path: string, report: Report): void {
  const claims = listOf(spec.resourceClaims);
  for (const [index, claim] of claims.entries()) {
    const at = `${path}.resourceClaims[${index}]`;
    checkName(String(claim.name), NAME_FORMS.label, `${at}.name`, report);
    const sources = ['resourceClaimName', 'resourceClaimTemplateName'].filter((name) => claim[name] !== undefined);
    if (sources.length !== 1)
      report('Rule', at, 'has to have exactly one of resourceClaimName, resourceClaimTemplateName');
  }
  const names = claims.map(({ name }) => name);
  for (const part of ['initContainers', 'containers']) {
    for (const [index, container] of listOf(spec[part]).entries()) {
      for (const [place, { name }] of listOf(fieldsOf(container.resources).claims).entries()) {
        const at = `${path}.${part}[${index}].resources.claims[${place}].name`;
        const known = names.length === 0 ? 'it has none' : `they are ${listed(names)}`;
        if (!names.includes(name))
          report('NotAllowed', at, `is ${shown(name)}, which is no claim of the pod; ${known}`);
      }
    }
  }
}

/** Reports what Kubernetes refuses in the specification of a pod, as far as it is followed here. */
export function checkPod(spec: Fields, path: string, report: Report): void {
  const volumes = new Set(listOf(spec.volumes).map(({ name }) => name));
  const names = new Set<unknown>();
  if (listOf(spec.containers).length === 0) report('MissingField', `${path}.containers`, 'is empty');
  for (const part of ['initContainers', 'containers']) {
    for (const [index, container] of listOf(spec[part]).entries()) {
      const at = `${path}.${part}[${index}]`;
      checkContainer(container, volumes, at, report);
      if (part === 'containers' && names.has(container.name))
        report('Duplicate', `${at}.name`, `is ${shown(container.name)}, as an init container is`);
      if (part === 'initContainers') names.add(container.name);
    }
  }
  for (const [index, volume] of listOf(spec.volumes).entries())
    checkVolume(volume, `${path}.volumes[${index}]`, report);
  for (const [index, each] of listOf(spec.tolerations).entries())
    checkToleration(each, `${path}.tolerations[${index}]`, report);
  checkClaims(spec, path, report);
  checkLabels(spec.nodeSelector, `${path}.nodeSelector`, report);
  for (const field of ['serviceAccountName', 'priorityClassName', 'runtimeClassName', 'nodeName']) {
    const name = spec[field];
    if (typeof name === 'string' && name !== '') checkName(name, NAME_FORMS.subdomain, `${path}.${field}`, report);
  }
  for (const field of ['hostname', 'subdomain']) {
    const name = spec[field];
    if (typeof name === 'string' && name !== '') checkName(name, NAME_FORMS.label, `${path}.${field}`, report);
  }
  const { terminationGracePeriodSeconds: grace, activeDeadlineSeconds: deadline } = spec;
  if (typeof grace === 'number' && grace < 0)
    report('NotAllowed', `${path}.terminationGracePeriodSeconds`, `is ${grace}; it has to be at least 0`);
  if (typeof deadline === 'number' && (deadline < 1 || deadline > SECONDS_MOST))
    report('NotAllowed', `${path}.activeDeadlineSeconds`, `is ${deadline}; it has to be from 1 to ${SECONDS_MOST}`);
  for (const [index, each] of listOf(spec.topologySpreadConstraints).entries())
    checkSelector(each.labelSelector, `${path}.topologySpreadConstraints[${index}].labelSelector`, report);
}

/** Reports what Kubernetes refuses in a template of pods: its labels and its pod. */
export function checkTemplate(template: Fields, path: string, report: Report): void {
  checkLabels(fieldsOf(template.metadata).labels, `${path}.metadata.labels`, report);
  for (const key of Object.keys(fieldsOf(fieldsOf(template.metadata).annotations)))
    checkKey(key.toLowerCase(), fieldPath(`${path}.metadata.annotations`, key), report);
  checkPod(fieldsOf(template.spec), `${path}.spec`, report);
}
