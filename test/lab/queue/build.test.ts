import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNewGo } from '../../../lab/queue/build';
import { parseOptions } from '../../../lab/queue/options';
import { missingManifests, missingPrograms, programsFolder } from '../../../lab/queue/programs';
import { linkerFlags, moduleFile, stagingModules } from '../../../lab/queue/sources';
import { MANIFESTS, TOLD_VERSIONS } from '../../../lab/queue/versions';
import { withFolder } from '../../helpers/synth';

const GO_MOD = `module k8s.io/kubernetes

require (
	k8s.io/api v0.0.0
)

replace (
	k8s.io/api => ./staging/src/k8s.io/api
	k8s.io/client-go => ./staging/src/k8s.io/client-go
	k8s.io/sample-cli-plugin => ./staging/src/k8s.io/sample-cli-plugin
	k8s.io/sample-controller => ./staging/src/k8s.io/sample-controller
	k8s.io/sample-apiserver => ./staging/src/k8s.io/sample-apiserver
)
`;

describe('the build', () => {
  test('has the staging area of Kubernetes as modules of its version, without two that are not served', () => {
    const staging = stagingModules(GO_MOD);
    expect(staging).toEqual(['k8s.io/api', 'k8s.io/client-go', 'k8s.io/sample-apiserver']);
    expect(moduleFile(staging)).toBe(`module training-estate.local/queue-lab

go 1.26.0

require (
	k8s.io/kubernetes v1.36.3
	k8s.io/kubectl v0.36.3
	k8s.io/component-base v0.36.3
	go.etcd.io/etcd/server/v3 v3.6.8
	sigs.k8s.io/kueue v0.19.2
	sigs.k8s.io/kwok v0.8.0
)

replace (
	k8s.io/api => k8s.io/api v0.36.3
	k8s.io/client-go => k8s.io/client-go v0.36.3
	k8s.io/sample-apiserver => k8s.io/sample-apiserver v0.36.3
)
`);
  });

  test('tells programs the version of Kubernetes that Kueue asks for', () => {
    const flags = linkerFlags();
    expect(flags).toContain('-X k8s.io/component-base/version.gitVersion=v1.36.3 ');
    expect(flags).toContain('-X k8s.io/component-base/version.gitMinor=36 ');
  });

  test('tells versions without their v', () => {
    expect(TOLD_VERSIONS).toEqual(['Kubernetes 1.36.3', 'Kueue 0.19.2', 'KWOK 0.8.0', 'etcd 3.6.8']);
  });

  test.each([
    ['go version go1.26.8 linux/amd64', true],
    ['go version go1.27 darwin/arm64', true],
    ['go version go2.0.1 linux/amd64', true],
    ['go version go1.25.11 linux/amd64', false],
    ['something else', false],
  ])('takes %s for new enough: %s', (told, isNew) => {
    expect(isNewGo(told)).toBe(isNew);
  });
});

describe('the folder of programs', () => {
  test('lies in the cache of the user', () => {
    expect(programsFolder({ XDG_CACHE_HOME: '/cache' })).toBe(
      '/cache/training-estate/queue-lab/kubernetes-1.36.3-kueue-0.19.2-kwok-0.8.0-etcd-3.6.8',
    );
    expect(programsFolder({})).toMatch(/\.cache\/training-estate\/queue-lab\/kubernetes-/);
  });

  test('lacks what is not there, or cannot be started', () =>
    withFolder((folder) => {
      writeFileSync(join(folder, 'kube'), '', { mode: 0o755 });
      writeFileSync(join(folder, 'etcd'), '', { mode: 0o644 });
      mkdirSync(join(folder, 'manifests', 'jobset-v0.12.0'), { recursive: true });
      expect(missingPrograms(folder)).not.toContain('kube');
      expect(missingPrograms(folder)).toContain('kwok');
      expect(missingManifests(folder)).toEqual(MANIFESTS.filter((row) => row.folder !== 'jobset-v0.12.0'));
    }));
});

describe('the command line of the lab of queues', () => {
  test('takes a trial, a folder and a number', () => {
    expect(
      parseOptions(['--only', 'edits', '--programs', '/p', '--seed', '7', '--jobs', '40'], ['jobs', 'edits']),
    ).toEqual({
      only: ['edits'],
      programs: '/p',
      seed: 7,
      jobs: 40,
    });
    expect(parseOptions([], ['jobs'])).toMatchObject({ only: ['jobs'], seed: 1, jobs: 200 });
  });

  test.each([
    [['--only', 'nothing'], '--only nothing is not "jobs" or "edits"'],
    [['--seed', 'x'], '--seed x is not a number'],
    [['--jobs', '0'], '--jobs 0 is not a number from 1 to 99999'],
    [['--estate', '/nowhere.yaml'], 'there is no estate file /nowhere.yaml'],
    [['--bogus'], "Unknown option '--bogus'"],
  ])('fails for %j', (args, message) => {
    expect(() => parseOptions(args, ['jobs', 'edits'])).toThrow(message);
  });
});
