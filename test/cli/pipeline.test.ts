import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PIPELINE_ENGINES } from '../../cli/choices';
import { type PipelineFlags, pipelineReport } from '../../cli/pipeline';
import { EstateError } from '../../estate/diagnostics';
import { estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const EXAMPLE = join(ROOT, 'examples/google.yaml');

function codes(flags: PipelineFlags, file = EXAMPLE): string[] {
  try {
    pipelineReport(file, flags);
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return [...error.diagnostics.map(({ code, path }) => `${code} ${path}`), `exit ${error.exitCode}`];
  }
  return [];
}

describe('estate pipeline', () => {
  test('writes a file, or prints the same text', async () => {
    await withFolder(async (folder) => {
      const text = readFileSync(EXAMPLE, 'utf8').replace(
        /^name: .*$/m,
        '$&\nstate: { kind: gcs, bucket: state, prefix: estates }',
      );
      writeFileSync(join(folder, 'estate.yaml'), text);
      cpSync(join(ROOT, 'examples/google.lock.json'), join(folder, 'estate.lock.json'));
      for (const engine of PIPELINE_ENGINES) {
        const printed = await estate(['pipeline', '--for', engine], folder);
        const written = await estate(['pipeline', '--for', engine, '--out', engine], folder);
        expect([printed.code, written.code, written.stderr]).toEqual([0, 0, '']);
        expect(printed.stdout).toBe(readFileSync(join(folder, engine), 'utf8'));
        expect(written.stdout).toMatch(
          new RegExp(`^${engine} written; ${engine} looks for \\S+: what has to be set up`),
        );
      }
    });
  });

  test('fails when the engine is unknown, with what was meant, and all else that is wrong', () => {
    expect(() => pipelineReport(EXAMPLE, { for: 'gitlap' })).toThrow(
      'there is no engine "gitlap"; did you mean "gitlab"?',
    );
    expect(codes({})).toEqual(['PipelineEngine --for', 'exit 2']);
    expect(codes({ for: 'x', branch: "a'b", shards: '0' }, '/elsewhere/estate.yaml')).toEqual([
      'PipelineEngine --for',
      'PipelineBranch --branch',
      'PipelineShards --shards',
      'PipelineFile /elsewhere/estate.yaml',
      'exit 2',
    ]);
  });

  test('fails when the file cannot be written, and writes nothing when there is no pipeline', async () => {
    await withFolder((folder) => {
      expect(codes({ for: 'github', out: join(folder, 'none/x') })).toEqual(['OutUnwritable --out', 'exit 2']);
      expect(codes({ for: 'github', out: join(folder, 'x') })).toEqual(['PipelineState state.kind', 'exit 2']);
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});
