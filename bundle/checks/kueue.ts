import { listed, type Report, shown } from '../problems';
import { quantityOf } from '../quantity';
import { type Fields, fieldsOf, type KindCheck, listOf } from './kind-check';
import { checkKey, checkLabels, checkName, checkSelector, NAME_FORMS } from './names';

/** Most flavors and resources of one queue, and pairs of both in one of its groups. */
const MOST_OF_QUEUE = 256;
const MOST_PAIRS = 512;

interface GroupRules {
  /** Whether it has somebody to borrow from and to lend to. */
  readonly hasParent: boolean;
  /** Field that names whom. */
  readonly parent: string;
  /** Whether no more can be lent than there is. */
  readonly isLendingWithinNominal: boolean;
}

function checkQuota(quota: Fields, rules: GroupRules, path: string, report: Report): void {
  const nominal = quantityOf(quota.nominalQuota) ?? 0;
  for (const name of ['nominalQuota', 'borrowingLimit', 'lendingLimit']) {
    const amount = quantityOf(quota[name]);
    if (amount === undefined) continue;
    if (amount < 0) report('NotAllowed', `${path}.${name}`, `is ${shown(quota[name])}; it has to be at least 0`);
    if (name !== 'nominalQuota' && !rules.hasParent)
      report('Rule', `${path}.${name}`, `goes only with ${rules.parent}`);
    if (name === 'lendingLimit' && rules.isLendingWithinNominal && amount > nominal)
      report(
        'Rule',
        `${path}.${name}`,
        `is ${shown(quota[name])}, which is more than nominalQuota, ${shown(quota.nominalQuota)}`,
      );
  }
}

function checkGroups(groups: readonly Fields[], rules: GroupRules, report: Report): void {
  const path = 'spec.resourceGroups';
  const resources = new Set<unknown>();
  const flavors = new Set<unknown>();
  for (const [index, group] of groups.entries()) {
    const covered = Array.isArray(group.coveredResources) ? group.coveredResources : [];
    for (const [at, name] of covered.entries()) {
      const here = `${path}[${index}].coveredResources[${at}]`;
      checkKey(String(name), here, report);
      if (resources.has(name)) report('Duplicate', here, `is ${shown(name)}, which is covered already`);
      resources.add(name);
    }
    for (const [at, flavor] of listOf(group.flavors).entries()) {
      const here = `${path}[${index}].flavors[${at}]`;
      if (flavors.has(flavor.name))
        report('Duplicate', `${here}.name`, `is ${shown(flavor.name)}, which stands here already`);
      flavors.add(flavor.name);
      for (const [place, quota] of listOf(flavor.resources).entries()) {
        if (place >= covered.length) break;
        const quotaPath = `${here}.resources[${place}]`;
        if (quota.name !== covered[place])
          report(
            'Rule',
            `${quotaPath}.name`,
            `is ${shown(quota.name)}; resources stand in the order of coveredResources: ${listed(covered)}`,
          );
        checkQuota(quota, rules, quotaPath, report);
      }
    }
    const pairs = listOf(group.flavors).reduce((sum, flavor) => sum + listOf(flavor.resources).length, 0);
    if (pairs > MOST_PAIRS)
      report(
        'NotAllowed',
        `${path}[${index}]`,
        `has ${pairs} pairs of flavor and resource; at most ${MOST_PAIRS} are allowed`,
      );
  }
  const flavorCount = groups.reduce((sum, group) => sum + listOf(group.flavors).length, 0);
  const resourceCount = groups.reduce(
    (sum, { coveredResources }) => sum + (Array.isArray(coveredResources) ? coveredResources.length : 0),
    0,
  );
  if (flavorCount > MOST_OF_QUEUE)
    report('NotAllowed', path, `has ${flavorCount} flavors in all; at most ${MOST_OF_QUEUE} are allowed`);
  if (resourceCount > MOST_OF_QUEUE)
    report('NotAllowed', path, `has ${resourceCount} resources in all; at most ${MOST_OF_QUEUE} are allowed`);
}

function checkWeight(spec: Fields, report: Report): void {
  const { weight } = fieldsOf(spec.fairSharing);
  const amount = quantityOf(weight);
  if (amount === undefined) return;
  if (amount < 0) report('NotAllowed', 'spec.fairSharing.weight', `is ${shown(weight)}; it has to be at least 0`);
  if (amount > 0 && amount <= 1e-9)
    report('NotAllowed', 'spec.fairSharing.weight', `is ${shown(weight)}; it has to be 0 or more than 1n`);
}

function checkClusterQueue(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  const groups = listOf(spec.resourceGroups);
  const hasParent = typeof spec.cohortName === 'string' && spec.cohortName !== '';
  checkGroups(groups, { hasParent, parent: 'spec.cohortName', isLendingWithinNominal: true }, report);
  checkSelector(spec.namespaceSelector, 'spec.namespaceSelector', report);
  checkWeight(spec, report);
  const own = groups.flatMap((group) => listOf(group.flavors).map(({ name }) => name));
  const checks = listOf(fieldsOf(spec.admissionChecksStrategy).admissionChecks);
  for (const [index, check] of checks.entries()) {
    const named = Array.isArray(check.onFlavors) ? check.onFlavors : [];
    for (const [place, flavor] of named.entries()) {
      if (own.includes(flavor)) continue;
      const path = `spec.admissionChecksStrategy.admissionChecks[${index}].onFlavors[${place}]`;
      report('NotAllowed', path, `is ${shown(flavor)}, which is no flavor of this queue; they are ${listed(own)}`);
    }
  }
}

function checkCohort(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  const hasParent = typeof spec.parentName === 'string' && spec.parentName !== '';
  checkGroups(
    listOf(spec.resourceGroups),
    { hasParent, parent: 'spec.parentName', isLendingWithinNominal: false },
    report,
  );
  checkWeight(spec, report);
}

function checkFlavor(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  checkLabels(spec.nodeLabels, 'spec.nodeLabels', report);
  const seen = new Set<string>();
  for (const [index, taint] of listOf(spec.nodeTaints).entries()) {
    const path = `spec.nodeTaints[${index}]`;
    checkKey(String(taint.key), `${path}.key`, report);
    if (typeof taint.value === 'string') checkName(taint.value, NAME_FORMS.labelValue, `${path}.value`, report);
    const identity = JSON.stringify([taint.key, taint.effect]);
    if (seen.has(identity))
      report('Duplicate', path, `has key and effect of another: ${shown(taint.key)}, ${shown(taint.effect)}`);
    seen.add(identity);
  }
  for (const [index, toleration] of listOf(spec.tolerations).entries()) {
    if (typeof toleration.key === 'string' && toleration.key !== '')
      checkKey(toleration.key, `spec.tolerations[${index}].key`, report);
  }
}

const WEBHOOKS = 'https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/pkg/webhooks';

/** What the webhooks of Kueue refuse, beyond its schemas. */
export const KUEUE_CHECKS: readonly KindCheck[] = [
  {
    kinds: ['kueue.x-k8s.io/v1beta2/ClusterQueue'],
    check: checkClusterQueue,
    source: `${WEBHOOKS}/clusterqueue_webhook.go`,
    checked: '2026-11',
  },
  {
    kinds: ['kueue.x-k8s.io/v1beta2/Cohort'],
    check: checkCohort,
    source: `${WEBHOOKS}/cohort_webhook.go`,
    checked: '2026-11',
  },
  {
    kinds: ['kueue.x-k8s.io/v1beta2/ResourceFlavor'],
    check: checkFlavor,
    source: `${WEBHOOKS}/resourceflavor_webhook.go`,
    checked: '2026-11',
  },
];
