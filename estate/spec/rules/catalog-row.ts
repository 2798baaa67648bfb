import { BUILT_IN_CATALOG, CLOUDS, type Cloud } from '../../catalog';
import { type MachinePatch, machineCandidate } from '../catalog-of';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { MACHINE_ROWS } from '../schema-machines';
import { didYouMean } from '../suggest';
import { andList, quote } from '../words';
import type { Finding, Rule } from './rule';

/** Rows of an estate are whole and make sense. */
export const catalogRow: Rule = {
  code: 'CatalogRow',
  severity: 'error',
  summary: 'rows of an estate are whole and fit the catalog: what they do not state comes from a built-in row',
  why: 'pools, networks and quotas are made from every field of a row, and a gap would become a guess',
  check(estate, report) {
    const accelerators = { ...BUILT_IN_CATALOG.accelerators, ...estate.catalog?.accelerators };
    for (const cloud of CLOUDS) {
      for (const finding of [...strayTiers(cloud, estate), ...strayVersions(cloud, estate)]) report(finding);
      const builtIn = Object.keys(BUILT_IN_CATALOG.clouds[cloud].machines);
      for (const [type, patch] of Object.entries<MachinePatch>(estate.catalog?.machines[cloud] ?? {})) {
        const path = ['catalog', 'machines', cloud, type];
        const likeNobody = patch.like !== undefined && !builtIn.includes(patch.like);
        if (patch.like !== undefined && likeNobody) {
          const message = `there is no built-in machine ${quote(patch.like)}${didYouMean(patch.like, builtIn)}`;
          report({ path: [...path, 'like'], value: patch.like, message });
        }
        const named = patch.accelerator;
        if (named !== undefined && !Object.hasOwn(accelerators, named)) {
          const meant = didYouMean(named, Object.keys(accelerators));
          const message = `${quote(named)} is neither in the catalog nor under catalog.accelerators${meant}`;
          report({ path: [...path, 'accelerator'], value: named, message });
        }
        if (!likeNobody) for (const finding of gaps(cloud, type, patch, path)) report(finding);
      }
    }
  },
};

/** Clouds whose file systems end at a size of the service, which nobody is granted more than. */
const FIXED_SIZES: readonly Cloud[] = ['google'];

/** Sizes granted for tiers that the cloud does not have or does not raise. */
function strayTiers(cloud: Cloud, { catalog }: Estate): readonly Finding[] {
  const { title, lustre } = BUILT_IN_CATALOG.clouds[cloud];
  const known = lustre.tiers.map(({ throughputMBpsPerTiB }) => String(throughputMBpsPerTiB));
  const granted = Object.keys(catalog?.limits[cloud]?.largestLustre ?? {});
  const at = (tier: string): Path => ['catalog', 'limits', cloud, 'largestLustre', tier];
  return granted.flatMap((tier): Finding[] => {
    if (FIXED_SIZES.includes(cloud)) {
      return [{ path: at(tier), on: 'key', message: `${title} raises no file system above the sizes of its tiers` }];
    }
    if (known.includes(tier)) return [];
    const message = `${title} has no Lustre tier of ${tier} MB/s for each TiB; it has ${known.join(', ')}`;
    return [{ path: at(tier), on: 'key', message }];
  });
}

/** Kubernetes versions in a form that the service of the cloud does not take. */
function strayVersions(cloud: Cloud, { catalog }: Estate): readonly Finding[] {
  const { title, kubernetes } = BUILT_IN_CATALOG.clouds[cloud];
  const [form, example, parts] =
    kubernetes.newer === 'minor' ? ['minor versions', '1.38', 2] : ['releases', '1.38.1', 3];
  return (catalog?.kubernetes[cloud]?.versions ?? []).flatMap((version, index): Finding[] => {
    if (version.split('.').length === parts) return [];
    const path = ['catalog', 'kubernetes', cloud, 'versions', index];
    return [{ path, value: version, message: `${title} takes ${form}, such as "${example}", not ${quote(version)}` }];
  });
}

/** What keeps a row from being whole, or from making sense as a whole. */
function gaps(cloud: Cloud, type: string, patch: MachinePatch, path: Path): readonly Finding[] {
  const candidate = machineCandidate(cloud, type, patch);
  const parsed = MACHINE_ROWS[cloud].safeParse(candidate);
  if (!parsed.success) {
    const missing = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    const message = `${quote(type)} is not in the built-in catalog, so its row has to state ${andList(missing)}`;
    return [{ path, on: 'key', message, hint: 'or name a built-in machine that it resembles with "like:"' }];
  }
  const { accelerator, accelerators, scaleUpNodes, groupNodes } = parsed.data;
  if ((accelerator === undefined) !== (accelerators === 0)) {
    const message = `the row has ${accelerators} accelerators of ${accelerator === undefined ? 'no kind' : quote(accelerator)}`;
    return [{ path, on: 'key', message, hint: 'a CPU machine states "accelerators: 0" and no accelerator' }];
  }
  if (scaleUpNodes > 1 && scaleUpNodes !== groupNodes) {
    const message = `a domain of ${scaleUpNodes} nodes is provisioned as one group, but the row says ${groupNodes}`;
    const key = patch.groupNodes === undefined ? 'scaleUpNodes' : 'groupNodes';
    return [{ path: [...path, key], message, hint: `write groupNodes: ${scaleUpNodes}` }];
  }
  return [];
}
