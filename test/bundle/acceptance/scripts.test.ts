import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { JAX_SCRIPT, NEURON_SCRIPT, TORCH_SCRIPT } from '../../../bundle/acceptance/scripts/collective';
import { FILES_SCRIPT } from '../../../bundle/acceptance/scripts/files';
import { LABELS_SCRIPT } from '../../../bundle/acceptance/scripts/labels';
import { withFolder } from '../../helpers/synth';

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a script of Python as a pod does, with nothing but its environment. */
function run(folder: string, script: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const path = join(folder, 'script.py');
  writeFileSync(path, script);
  return new Promise((done) => {
    execFile('python3', [path], { env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
  });
}

interface NodeShape {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints?: readonly string[];
  readonly isReady?: boolean;
}

const rackNode = (group: string, index: number, clique = group): NodeShape => ({
  name: `${group}-${index}`,
  labels: {
    'estate/pool': 'train',
    'estate/group': group,
    'kubernetes.io/hostname': `${group}-${index}`,
    'nvidia.com/gpu.clique': clique,
  },
});

const rack = (group: string) => [rackNode(group, 0), rackNode(group, 1)];

/** Runs the comparison of nodes against an API server that has them, in pages of three. */
async function compared(nodes: readonly NodeShape[], quota: string, env: Readonly<Record<string, string>> = {}) {
  const items = nodes.map(({ name, labels, taints = [], isReady = true }) => ({
    metadata: { name, labels },
    spec: { taints: taints.map((key) => ({ key, effect: 'NoSchedule' })) },
    status: { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  }));
  const queues = [
    { spec: { resourceGroups: [{ flavors: [{ name: 'f', resources: [{ name: 'gpu', nominalQuota: quota }] }] }] } },
  ];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://server');
    asked.push(`${request.headers.authorization} ${url.pathname}`);
    const from = Number(url.searchParams.get('continue') ?? 0);
    const all = url.pathname.endsWith('/nodes') ? items : url.pathname.endsWith('/clusterqueues') ? queues : [];
    const next = from + 3 < all.length ? { continue: String(from + 3) } : {};
    response.end(JSON.stringify({ items: all.slice(from, from + 3), metadata: next }));
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  try {
    return await withFolder(async (folder) => {
      writeFileSync(join(folder, 'token'), 'sealed\n');
      const ran = await run(folder, LABELS_SCRIPT, {
        ACCOUNT_FOLDER: folder,
        API_SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        POOL: 'train',
        LEVELS: 'estate/group,kubernetes.io/hostname',
        GROUP_KEY: 'estate/group',
        GROUP_NODES: '2',
        CLIQUE_KEY: 'nvidia.com/gpu.clique',
        CLIQUE: 'required',
        FLAVOR: 'f',
        RESOURCE: 'gpu',
        PER_NODE: '4',
        SPARE_TAINT: 'estate/spare',
        QUOTA: 'exact',
        ...env,
      });
      return { ...ran, asked };
    });
  } finally {
    server.close();
  }
}

describe('the comparison of nodes', () => {
  test('accepts racks that are as planned, page by page, as its service account', async () => {
    const { code, output, asked } = await compared([...rack('r1'), ...rack('r2')], '16');
    expect([code, output]).toEqual([0, '4 nodes of pool train\npool train: accepted\n']);
    expect(asked.filter((line) => line === 'Bearer sealed /api/v1/nodes')).toHaveLength(2);
  });

  test('counts no spare that somebody started', async () => {
    const spare = { ...rackNode('r1', 2), taints: ['estate/spare'] };
    expect(await compared([...rack('r1'), spare], '8')).toMatchObject({ code: 0 });
  });

  test.each<[string, readonly NodeShape[], string, Readonly<Record<string, string>>]>([
    ['a rack that lacks a node', [rackNode('r1', 0)], 'group r1 has 1 nodes, not 2', {}],
    [
      'a node without a label of a level',
      [rackNode('r1', 0), { ...rackNode('r1', 1), labels: { 'estate/group': 'r1', 'nvidia.com/gpu.clique': 'r1' } }],
      'node r1-1 lacks the label kubernetes.io/hostname',
      {},
    ],
    [
      'a rack of two NVLink domains',
      [rackNode('r1', 0), rackNode('r1', 1, 'other')],
      'group r1 is 2 NVLink domains, not one: other, r1',
      {},
    ],
    [
      'a rack whose NVLink domain nobody knows',
      [rackNode('r1', 0), { ...rackNode('r1', 1), labels: { 'estate/group': 'r1', 'kubernetes.io/hostname': 'x' } }],
      '1 nodes of group r1 lack the label nvidia.com/gpu.clique',
      {},
    ],
    [
      'a node that is not ready',
      [rackNode('r1', 0), { ...rackNode('r1', 1), isReady: false }],
      'node r1-1 is not ready',
      {},
    ],
    ['quotas of more nodes than there are', rack('r1'), 'quotas of flavor f are 16 of gpu, the nodes have 8', {}],
    ['no node at all', [], 'no node has the label estate/pool=train', {}],
    [
      'more nodes than quotas allow',
      [...rack('r1'), ...rack('r2'), ...rack('r3')],
      'the nodes have more: 24',
      { QUOTA: 'most' },
    ],
  ])('refuses %s', async (_, nodes, problem, env) => {
    const { code, output } = await compared(nodes, '16', env);
    expect([code, output]).toEqual([1, expect.stringContaining(`WRONG`)]);
    expect(output).toContain(problem);
  });

  test('compares NVLink domains only of nodes that tell theirs, where no label is promised', async () => {
    const mute = { ...rackNode('r1', 1), labels: { 'estate/group': 'r1', 'kubernetes.io/hostname': 'x' } };
    expect(await compared([rackNode('r1', 0), mute], '8', { CLIQUE: 'if-present' })).toMatchObject({ code: 0 });
    expect(await compared([rackNode('r1', 0), mute], '8', { CLIQUE: 'none' })).toMatchObject({ code: 0 });
  });
});

/** Runs all pods of a measurement of files at once in one folder. */
function written(folder: string, storeFloor: string) {
  return Promise.all(
    [0, 1].map((index) => {
      const own = join(folder, `pod-${index}`);
      mkdirSync(own);
      return run(own, FILES_SCRIPT, {
        MOUNT: folder,
        RUN: 'run',
        JOB_COMPLETION_INDEX: String(index),
        NODES: '2',
        SECONDS: '0.2',
        STREAMS: '2',
        STREAM_BYTES: String(32 * 1024 * 1024),
        STORE_FLOOR_MBPS: storeFloor,
        NODE_FLOOR_MBPS: '1000000000',
        DIRECT: '0',
        PATIENCE_SECONDS: '30',
      });
    }),
  );
}

describe('the measurement of files', () => {
  test('adds up what all pods wrote and read, and leaves nothing behind', async () => {
    await withFolder(async (folder) => {
      const [first, second] = await written(folder, '1');
      expect([first?.code, second?.code]).toEqual([0, 0]);
      expect(first?.output).toMatch(/ok write: \d+ MB\/s of 2 nodes, floor 1 MB\/s\nok read: \d+ MB\/s of 2 nodes/);
      expect(second?.output).toMatch(/^node 1 wrote \d+ MB\/s and read \d+ MB\/s\n$/);
      expect(readdirSync(folder).sort()).toEqual(['pod-0', 'pod-1']);
    });
  });

  test('fails where the file system is slower than its floor', async () => {
    await withFolder(async (folder) => {
      const [first] = await written(folder, '900000000');
      expect([first?.code, first?.output]).toEqual([1, expect.stringContaining('WRONG write: ')]);
    });
  });
});

test.each([
  ['PyTorch', TORCH_SCRIPT],
  ['Trainium', NEURON_SCRIPT],
  ['JAX', JAX_SCRIPT],
])('the all-reduce of %s is Python', async (_, script) => {
  await withFolder(async (folder) => {
    const check = `import ast\nast.parse(open(${JSON.stringify(join(folder, 'text'))}, encoding="utf-8").read())\n`;
    writeFileSync(join(folder, 'text'), script);
    expect(await run(folder, check, {})).toEqual({ code: 0, output: '' });
  });
});

test('the all-reduce tells its bus bandwidth as nccl-tests count it, and fails below the floor', async () => {
  const head = TORCH_SCRIPT.slice(0, TORCH_SCRIPT.indexOf('import torch'));
  const env = {
    JOB_COMPLETION_INDEX: '0',
    NODES: '2',
    RANKS_PER_NODE: '8',
    MESSAGE_BYTES: '8000000000',
    HEAD: 'accept-0.acceptance',
  };
  await withFolder(async (folder) => {
    const told = (floor: string) => run(folder, `${head}\nsys.exit(told(0.05, 16))\n`, { ...env, FLOOR_GBPS: floor });
    // 8 GB in 50 ms are 160 GB/s; each of 16 ranks moves 2 x 15/16 of them.
    expect(await told('300')).toEqual({
      code: 0,
      output:
        '{"nodes": 2, "ranks": 16, "bytes": 8000000000, "seconds": 0.05, "busGBps": 300.0, "floorGBps": 300.0}\naccepted\n',
    });
    expect(await told('301')).toMatchObject({ code: 1, output: expect.stringContaining('WRONG below the floor') });
    expect(await told('')).toMatchObject({ code: 0, output: expect.stringContaining('no floor is known') });
  });
});
