import type { Path } from '../positions';
import { minorOf } from '../versions';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsIn } from './walk';

/** Minor versions that kube-proxy may be behind the control plane. */
const PROXY_BEHIND = 3;

/** Pinned add-ons and node images go with the Kubernetes version that they are for. */
export const pinnedVersion: Rule = {
  code: 'PinnedVersion',
  severity: 'error',
  summary: 'pinned add-ons and node images go with the Kubernetes version that they are for',
  why: 'EKS refuses a release of another version, and services stop when kube-proxy does not know the control plane',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html',
  checked: '2026-11',
  check(estate, report) {
    const release = (path: Path, pinned: string | undefined, version: string | undefined): void => {
      if (pinned === undefined || version === undefined || minorOf(pinned) === minorOf(version)) return;
      report({
        path: [...path, 'release'],
        value: pinned,
        message: `${quote(pinned)} is a release for another Kubernetes version than ${quote(version)}, which these nodes run`,
        hint: `write a release ${version}.x-…, or leave it out for the latest`,
      });
    };
    for (const entry of clustersOf(estate)) {
      const { cluster, path } = entry;
      const { kubernetes: version } = cluster;
      release([...path, 'systemPool'], cluster.systemPool.release, version);
      for (const { path: at, pool } of poolsIn(entry)) release(at, pool.release, pool.kubernetes ?? version);
      const proxy = cluster.addons['kube-proxy'];
      if (proxy === undefined || version === undefined) continue;
      const behind = minorOf(version) - minorOf(proxy);
      if (behind >= 0 && behind <= PROXY_BEHIND) continue;
      report({
        path: [...path, 'addons', 'kube-proxy'],
        value: proxy,
        message: `kube-proxy ${quote(proxy)} does not go with Kubernetes ${quote(version)}: it may be ${PROXY_BEHIND} minor versions behind and none ahead`,
        hint: `write one of v${version}; "aws eks describe-addon-versions --addon-name kube-proxy --kubernetes-version ${version}" lists them`,
      });
    }
  },
};
