import { MODULES, STAGING_VERSION } from './versions';

/** Modules of the staging area that nothing of the lab needs, and that are not served as modules of their own. */
const NOT_SERVED = /^k8s\.io\/sample-(?:cli-plugin|controller)$/;

/** Modules of the staging area of Kubernetes, read from its own `go.mod`. */
export function stagingModules(goMod: string): string[] {
  const found = [...goMod.matchAll(/^\s*(k8s\.io\/[\w-]+) => \.\/staging\//gm)].map(([, name = '']) => name);
  return [...new Set(found)].filter((name) => !NOT_SERVED.test(name)).sort();
}

/** The module that all programs are built in; the staging area is had as modules, which a `go.mod` of others has to say. */
export function moduleFile(staging: readonly string[]): string {
  return [
    'module training-estate.local/queue-lab',
    '',
    'go 1.26.0',
    '',
    'require (',
    ...Object.values(MODULES).map(({ module, version }) => `\t${module} ${version}`),
    ')',
    '',
    'replace (',
    ...staging.map((name) => `\t${name} => ${name} ${STAGING_VERSION}`),
    ')',
    '',
  ].join('\n');
}

const ETCD = `// Command etcd is the server alone.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
`;

const KUBECTL = `// Command kubectl is kubectl without plugins.
package main

import (
	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
)

func main() {
	if err := cli.RunNoErrOutput(cmd.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}
`;

const KUBE = `// Command kube is the server of Kubernetes that its first argument names: linking is what takes longest.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

var servers = map[string]func() *cobra.Command{
	"apiserver": apiserver.NewAPIServerCommand,
	"kcm":       controllers.NewControllerManagerCommand,
	"scheduler": func() *cobra.Command { return scheduler.NewSchedulerCommand() },
}

func main() {
	if len(os.Args) > 1 {
		if server, ok := servers[os.Args[1]]; ok {
			os.Args = os.Args[1:]
			os.Exit(cli.Run(server()))
		}
	}
	fmt.Fprintln(os.Stderr, "usage: kube apiserver|kcm|scheduler [flags]")
	os.Exit(2)
}
`;

const TOOLS = `//go:build tools

// Package tools names programs that are built as their modules have them.
package tools

import (
	_ "sigs.k8s.io/kueue/cmd/kueue"
	_ "sigs.k8s.io/kwok/cmd/kwok"
)
`;

/** Sources beside `go.mod`, by their paths. */
export const SOURCES: Readonly<Record<string, string>> = {
  'cmd/etcd/main.go': ETCD,
  'cmd/kubectl/main.go': KUBECTL,
  'cmd/kube/main.go': KUBE,
  'tools/tools.go': TOOLS,
};

/** What is built, in one run of the compiler. */
export const PACKAGES: readonly string[] = [
  './cmd/etcd',
  './cmd/kubectl',
  './cmd/kube',
  'sigs.k8s.io/kueue/cmd/kueue',
  'sigs.k8s.io/kwok/cmd/kwok',
];

/** What is told to the linker: Kueue ends at once beside a server whose version is the template of an unset one. */
export function linkerFlags(): string {
  const [major = '', minor = ''] = MODULES.kubernetes.version.slice(1).split('.');
  const version = {
    gitVersion: MODULES.kubernetes.version,
    gitMajor: major,
    gitMinor: minor,
    gitCommit: 'lab',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
  };
  const told = Object.entries(version).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return ['-s', '-w', ...told].join(' ');
}
