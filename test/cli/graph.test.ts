import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../../cli/app';
import { GRAPH_FORMATS, GRAPH_VIEWS } from '../../cli/choices';
import { type GraphFlags, graphReport } from '../../cli/graph';
import { updateLock } from '../../cli/lock';
import { EstateError } from '../../estate/diagnostics';
import { estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const EXAMPLE = join(ROOT, 'examples/minimal.yaml');

/** What is said where nothing is drawn. */
function refused(flags: GraphFlags, file = EXAMPLE): readonly string[] {
  try {
    graphReport(file, flags);
  } catch (error) {
    if (error instanceof ToolError) return [error.message, error.hint ?? '', `exit ${error.exitCode}`];
    if (!(error instanceof EstateError)) throw error;
    const found = error.diagnostics.map(({ code, path, message, hint }) => [`${code} ${path}`, message, hint ?? '']);
    return [...found.flat(), `exit ${error.exitCode}`];
  }
  return [];
}

describe('estate graph', () => {
  test('prints networks as SVG, and writes the same file of the estate beside it', async () => {
    await withFolder(async (folder) => {
      cpSync(EXAMPLE, join(folder, 'estate.yaml'));
      cpSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
      const printed = await estate(['graph'], folder);
      const written = await estate(['graph', '--view', 'network', '--format', 'svg', '--out', 'n.svg'], folder);
      expect([printed.code, printed.stderr, written.code, written.stderr]).toEqual([0, '', 0, '']);
      expect(written.stdout).toBe('wrote n.svg: network of estate mini\n');
      expect(readFileSync(join(folder, 'n.svg'), 'utf8')).toBe(printed.stdout);
      expect(printed.stdout).toMatch(/^<svg [^\n]*<title id="graph-title">Networks and links<\/title>/);
    });
  });

  test.each(GRAPH_VIEWS)('draws %s in every format', (view) => {
    const begins = { svg: '<svg ', mermaid: 'flowchart LR\n', dot: 'digraph "' };
    for (const format of GRAPH_FORMATS)
      expect(graphReport(EXAMPLE, { view, format }).startsWith(begins[format])).toBe(true);
  });

  test('fails when there is no such view or format, with what was meant and what there is', () => {
    expect(refused({ view: 'stack' })).toEqual([
      'there is no view "stack" of graphs; did you mean "stacks"?',
      '--view network, stacks, racks',
      'exit 1',
    ]);
    expect(refused({ format: 'png' })).toEqual([
      'there is no format "png" of graphs',
      '--format svg, mermaid, dot',
      'exit 1',
    ]);
  });

  test('fails when the estate has an error, and writes nothing', async () => {
    await withFolder((folder) => {
      const file = join(folder, 'estate.yaml');
      writeFileSync(file, readFileSync(EXAMPLE, 'utf8').replace('accelerator: h200', 'accelerator: h2000'));
      expect(refused({ out: join(folder, 'x.svg') }, file)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^UnknownAccelerator clusters\./), 'exit 2']),
      );
      expect(readdirSync(folder)).toEqual(['estate.yaml']);
    });
  });

  test('fails when the file cannot be written or is called otherwise, before it reads the estate', async () => {
    await withFolder((folder) => {
      mkdirSync(join(folder, 'folder.svg'));
      const codes = (out: string, flags: GraphFlags = {}) =>
        refused({ ...flags, out: join(folder, out) }, '/nowhere/estate.yaml').map((line) => line.replace(folder, ''));
      expect(codes('none/x.svg')[0]).toBe('OutUnwritable --out');
      expect(codes('folder.svg').slice(0, 2)).toEqual([
        'OutUnwritable --out',
        '/folder.svg cannot be written: it is a folder',
      ]);
      expect(codes('estate.yaml')).toEqual([
        'OutName --out',
        '/estate.yaml would hold svg and does not end in .svg',
        'name it so: --out graph.svg',
        'exit 2',
      ]);
      expect(codes('x.dot', { format: 'mermaid' })).toEqual([
        'OutName --out',
        '/x.dot would hold mermaid and does not end in .mmd or .mermaid',
        'write --format dot, or --out graph.mmd',
        'exit 2',
      ]);
      expect(readdirSync(folder)).toEqual(['folder.svg']);
    });
  });

  test('fails when Mermaid would refuse what it is given, with what draws it', async () => {
    await withFolder((folder) => {
      const file = join(folder, 'estate.yaml');
      const pools = Array.from(
        { length: 260 },
        (_, index) => `      p${index}: { accelerator: h200, nodes: 1, capacity: { kind: on-demand } }`,
      ).join('\n');
      const text = readFileSync(EXAMPLE, 'utf8').replace(
        /(\n {2}virginia:\n(?: {4}.*\n)*? {4}pools:\n)/,
        `$1${pools}\n`,
      );
      writeFileSync(file, text);
      updateLock(file, { check: false, prune: false });
      expect(refused({ view: 'racks', format: 'mermaid' }, file)).toEqual([
        expect.stringMatching(
          /^the graph has 53\d edges in [\d,]+ characters, and Mermaid draws at most 500 edges and 50,000/,
        ),
        'write it as --format svg or dot',
        'exit 1',
      ]);
      expect(refused({ view: 'racks', format: 'dot' }, file)).toEqual([]);
    });
  });
});
