#!/usr/bin/env bash
# Kueue 0.19.2: a queue below cohorts that are each other's parents is out of service and says that it is ready.
# The server takes such cohorts. The condition Active of the queue turns False, with the reason and the message of a queue
# that works, so that neither tells what to change, and its jobs wait for ever.
# Expected: a reason that names the cohorts, as for a missing flavor.
# Seen: below a root:   Active=True Ready: Can admit new workloads
#       below a circle: Active=False Ready: Can admit new workloads
set -euo pipefail
command -v go >/dev/null || { echo 'this wants Go 1.26'; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'MOD'
module finding

go 1.26.0

require (
	sigs.k8s.io/controller-runtime v0.24.1
	sigs.k8s.io/kueue v0.19.2
)
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	kueue "sigs.k8s.io/kueue/apis/kueue/v1beta2"
	"sigs.k8s.io/kueue/pkg/cache/scheduler"
	"sigs.k8s.io/kueue/pkg/controller/core/indexer"
)

func cohort(name, parent string) *kueue.Cohort {
	return &kueue.Cohort{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       kueue.CohortSpec{ParentName: kueue.CohortReference(parent)},
	}
}

func show(title string, cohorts ...*kueue.Cohort) {
	scheme := runtime.NewScheme()
	if err := kueue.AddToScheme(scheme); err != nil {
		panic(err)
	}
	server := fake.NewClientBuilder().WithScheme(scheme).
		WithIndex(&kueue.LocalQueue{}, indexer.QueueClusterQueueKey, indexer.IndexQueueClusterQueue).
		WithIndex(&kueue.Workload{}, indexer.WorkloadClusterQueueKey, indexer.IndexWorkloadClusterQueue).
		Build()
	cache := scheduler.New(server)
	for _, each := range cohorts {
		_ = cache.AddOrUpdateCohort(each)
	}
	queue := &kueue.ClusterQueue{ObjectMeta: metav1.ObjectMeta{Name: "research"}, Spec: kueue.ClusterQueueSpec{CohortName: "labs"}}
	_ = cache.AddClusterQueue(context.Background(), queue)
	status, reason, message := cache.ClusterQueueReadiness("research")
	fmt.Printf("%s Active=%s %s: %s\n", title, status, reason, message)
}

func main() {
	show("below a root:  ", cohort("company", ""), cohort("labs", "company"))
	show("below a circle:", cohort("company", "labs"), cohort("labs", "company"))
}
GO
go mod tidy -e >/dev/null 2>&1
seen=$(go run . 2>/dev/null)
echo "$seen"
[ "$seen" = 'below a root:   Active=True Ready: Can admit new workloads
below a circle: Active=False Ready: Can admit new workloads' ] || { echo 'the behaviour has changed'; exit 1; }
