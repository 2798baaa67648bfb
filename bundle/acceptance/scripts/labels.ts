/**
 * Reads the nodes of a pool and says which lack a label, which groups have another size, and whether quotas are their sum.
 *
 * Python, with what its standard library has. The environment says what to expect: see `labelsJob`.
 */
export const LABELS_SCRIPT = `"""Compares the nodes of a pool with what the estate says of them."""
import collections
import json
import os
import ssl
import sys
import urllib.request

ACCOUNT = os.environ.get("ACCOUNT_FOLDER", "/var/run/secrets/kubernetes.io/serviceaccount")
HOST = os.environ.get("API_SERVER") or "https://%s:%s" % (
    os.environ["KUBERNETES_SERVICE_HOST"],
    os.environ["KUBERNETES_SERVICE_PORT"],
)
POOL = os.environ["POOL"]
LEVELS = [key for key in os.environ["LEVELS"].split(",") if key]
GROUP = os.environ["GROUP_KEY"]
SIZES = [int(size) for size in os.environ["GROUP_NODES"].split(",") if size]
CLIQUE = os.environ["CLIQUE_KEY"]
CLIQUE_RULE = os.environ["CLIQUE"]
FLAVOR = os.environ["FLAVOR"]
RESOURCE = os.environ["RESOURCE"]
PER_NODE = int(os.environ["PER_NODE"])
SPARE = os.environ["SPARE_TAINT"]
MATCHES = os.environ["QUOTA"]


def listed(path):
    with open(os.path.join(ACCOUNT, "token"), encoding="utf-8") as file:
        token = file.read().strip()
    ca = os.path.join(ACCOUNT, "ca.crt")
    trust = ssl.create_default_context(cafile=ca) if HOST.startswith("https:") else None
    found, more = [], ""
    while True:
        url = "%s%s%slimit=500%s" % (HOST, path, "&" if "?" in path else "?", more)
        request = urllib.request.Request(url, headers={"Authorization": "Bearer " + token})
        with urllib.request.urlopen(request, context=trust, timeout=60) as answer:
            page = json.load(answer)
        found += page["items"]
        rest = page["metadata"].get("continue")
        if not rest:
            return found
        more = "&continue=" + rest


def serves(node):
    """Spares that somebody started take no jobs, and count for nothing."""
    return all(taint["key"] != SPARE for taint in node["spec"].get("taints", []))


def ready(node):
    return any(one["type"] == "Ready" and one["status"] == "True" for one in node["status"]["conditions"])


def quota():
    total = 0
    for kind in ("clusterqueues", "cohorts"):
        for item in listed("/apis/kueue.x-k8s.io/v1beta2/" + kind):
            for group in item["spec"].get("resourceGroups", []):
                for flavor in group["flavors"]:
                    if flavor["name"] != FLAVOR:
                        continue
                    for resource in flavor["resources"]:
                        if resource["name"] == RESOURCE:
                            total += whole(resource["nominalQuota"])
    return total


def whole(text):
    """Whole units of a quantity: quotas here are counts, cores, or bytes with a suffix of two."""
    units = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
    text = str(text)
    for suffix in sorted(units, key=len, reverse=True):
        if text.endswith(suffix):
            return int(text[: -len(suffix)]) * units[suffix]
    return int(text)


def problems():
    nodes = [node for node in listed("/api/v1/nodes?labelSelector=estate%2Fpool%3D" + POOL) if serves(node)]
    print("%d nodes of pool %s" % (len(nodes), POOL))
    if not nodes:
        yield "no node has the label estate/pool=%s" % POOL
    groups = collections.defaultdict(list)
    for node in nodes:
        name, labels = node["metadata"]["name"], node["metadata"].get("labels", {})
        for key in LEVELS:
            if key not in labels:
                yield "node %s lacks the label %s: no job gets it" % (name, key)
        if not ready(node):
            yield "node %s is not ready" % name
        if node["spec"].get("unschedulable"):
            yield "node %s is cordoned" % name
        groups[labels.get(GROUP, "")].append((name, labels))
    for group, members in sorted(groups.items()):
        if SIZES and len(members) not in SIZES:
            yield "group %s has %d nodes, not %s" % (group or "(none)", len(members), " or ".join(map(str, SIZES)))
        if CLIQUE_RULE == "none":
            continue
        cliques = collections.Counter(labels.get(CLIQUE, "") for _, labels in members)
        missing = cliques.pop("", 0)
        if missing and CLIQUE_RULE == "required":
            yield "%d nodes of group %s lack the label %s" % (missing, group, CLIQUE)
        if len(cliques) > 1:
            yield "group %s is %d NVLink domains, not one: %s" % (group, len(cliques), ", ".join(sorted(cliques)))
    total, have = quota(), len(nodes) * PER_NODE
    if MATCHES == "exact" and total != have:
        yield "quotas of flavor %s are %d of %s, the nodes have %d" % (FLAVOR, total, RESOURCE, have)
    if MATCHES == "most" and total < have:
        yield "quotas of flavor %s are %d of %s, the nodes have more: %d" % (FLAVOR, total, RESOURCE, have)


found = list(problems())
for problem in found:
    print("WRONG " + problem)
print("pool %s: %s" % (POOL, "%d problems" % len(found) if found else "accepted"))
sys.exit(1 if found else 0)
`;
