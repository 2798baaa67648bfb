import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { estate, ROOT } from '../helpers/cli';
import { expectDocument } from '../helpers/json';
import { type JobText, jobText } from '../helpers/queued';
import { withFolder } from '../helpers/synth';

const ESTATE = join(ROOT, 'examples/queue.yaml');
const RACK = { 'kueue.x-k8s.io/podset-required-topology': 'estate/group' };

/** Runs `estate job` on a manifest beside it. */
function run(text: string, ...flags: string[]) {
  return withFolder((folder) => {
    writeFileSync(join(folder, 'job.yaml'), text);
    return estate(['job', 'job.yaml', ESTATE, ...flags], folder);
  });
}

const job = (more: JobText) => jobText({ namespace: 'training', ...more });

describe('estate job', () => {
  test('says where a job would start, and exits with 0', async () => {
    const { code, stdout, stderr } = await run(job({ pods: 16, annotations: RACK }), '--check');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^job\.yaml:1 {2}Job training\/train starts\n {2}\w+: starts, in gb300, sent by hub\n {4}main: 16 pods in pool \w+: \S+ \(16 pods on 16 nodes\)\n$/,
    );
  });

  test('says why a job never starts and what to write instead, and exits with 3', async () => {
    const { code, stdout, stderr } = await run(job({ pods: 40, annotations: RACK }), '--check');
    expect(code).toBe(3);
    expect(stdout).toContain('Job training/train hangs');
    expect(stderr).toMatch(/job\.yaml:1:\d+ {2}WorkerRefuses {2}spec\.template/);
    expect(stderr).toContain('allows to fit only');
    expect(stderr).toContain('kueue.x-k8s.io/podset-preferred-topology');
  });

  test('prints the manifest with what it lacks, and the verdict of that beside it', async () => {
    const bare = (await run(job({ pods: 8, queue: null, limits: { 'google.com/tpu': 4 } }))).stdout;
    expect(bare).toContain('"kueue.x-k8s.io/queue-name":"tpu-v6e"');
    const { code, stdout, stderr } = await run(job({ pods: 8 }));
    expect([code, stdout]).toEqual([0, expect.stringContaining('kueue.x-k8s.io/podset-preferred-topology')]);
    expect(stderr).toContain('Job training/train starts');
  });

  test('exits with 2 where a file is no manifest, and checks the rest of it all the same', async () => {
    const { code, stdout, stderr } = await run(`${job({})}\n---\nkind: Nonsense\n`, '--check');
    expect([code, stdout]).toEqual([2, expect.stringContaining('Job training/train starts')]);
    expect(stderr).toContain('job.yaml:3:7  NotAJob  kind');
    for (const text of ['', '{', 'hello', '- a'])
      expect([(await run(text)).code, (await run(text)).stderr.includes('    at ')]).toEqual([2, false]);
  });

  test('exits with 2 where there is no file, or a folder', async () => {
    const missing = await estate(['job', 'nowhere.yaml', ESTATE]);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('nowhere.yaml does not exist')]);
    const folder = await estate(['job', 'examples', ESTATE]);
    expect([folder.code, folder.stderr]).toEqual([2, expect.stringContaining('examples is a folder, not a file')]);
  });

  test('reads standard input in the place of a file', async () => {
    const command = [process.execPath, join(ROOT, 'bin/estate.js'), 'job', '-', ESTATE, '--check'];
    const { status, stdout } = spawnSync(command[0] ?? '', command.slice(1), {
      input: job({ pods: 2 }),
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^stdin:1 {2}Job training\/train starts\n/)]);
  });

  test('says how many workloads a job is', async () => {
    const { restartPolicy: _, ...spec } = JSON.parse(job({})).spec.template.spec;
    const text = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', namespace: 'training', labels: { 'kueue.x-k8s.io/queue-name': 'gb300' } },
      spec: {
        replicas: 3,
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec },
      },
    });
    const { code, stdout } = await run(text, '--check');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(
        '\n    each of its 3 pods is queued by itself, and all run at once; the first:\n    main: 1 pod in',
      ),
    ]);
  });

  test('prints one JSON document', async () => {
    const good = await run(job({ pods: 2 }), '--json');
    expectDocument('job', good.stdout);
    const { ok, jobs } = JSON.parse(good.stdout);
    expect([ok, jobs[0].outcome, jobs[0].completions.length]).toEqual([true, 'admitted', 1]);
    const bad = await run(`${job({ pods: 400 })}\n---\nkind: Nonsense\n`, '--json');
    expectDocument('job', bad.stdout);
    expect([bad.code, JSON.parse(bad.stdout).ok]).toEqual([2, false]);
  });
});
