import { join } from 'node:path';
import { loadProvider, PROVIDER_NAMES, PROVIDERS, type ProviderName } from '../../provider/schema';
import type { JsonObject } from '../../terraform/document';
import { readStacks } from '../../terraform/manifest';
import { openProgram } from '../../terraform/no-credentials/programs';
import { type Scratch, withScratch } from '../../terraform/scratch';
import { defaultEstates, nameOf, synthesize } from '../estates';
import type { LabPart } from '../lab';
import { localRespondent, realRespondent } from './ask';
import { emittedBases } from './bases';
import { type Measured, measure } from './measure';
import { type AgreementOptions, parseOptions } from './options';
import { toldAgreement } from './report';

export { OPTIONS as options } from './options';

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Names of the parts of the lab: one for each provider. */
export function parts(): readonly string[] {
  return PROVIDER_NAMES;
}

/** The Terraform documents of everything that the project shows. */
async function documentsOf(folder: string): Promise<JsonObject[]> {
  const documents: JsonObject[] = [];
  for (const file of defaultEstates()) {
    const outdir = join(folder, nameOf(file));
    await synthesize(file, outdir);
    documents.push(...[...readStacks(outdir).values()].map(({ json }) => json));
  }
  return documents;
}

const TOLD_EVERY = 500;

async function measureOne(
  provider: ProviderName,
  { mirror, count, seed }: AgreementOptions,
  documents: readonly JsonObject[],
  scratch: Scratch,
): Promise<Measured> {
  const types = Object.keys(loadProvider(provider).resource_schemas).sort();
  const asked = await openProgram({ name: provider, version: PROVIDERS[provider].version, scratch, mirror });
  try {
    return await measure({
      provider,
      types,
      emitted: emittedBases(provider, documents),
      count,
      seed,
      real: realRespondent(asked.provider),
      local: localRespondent(provider),
      onAnswer: (_, answered) => {
        if (answered % TOLD_EVERY === 0) say(`${provider}: ${answered} of ${count}`);
      },
    });
  } finally {
    asked.close();
  }
}

/** Asks the real providers and the local ones the same questions, and compares what they accept and refuse. */
export async function run(args: readonly string[], done: (part: LabPart) => void): Promise<readonly string[]> {
  const options = parseOptions(args);
  return withScratch(async (scratch) => {
    const documents = await documentsOf(join(scratch.folder, 'stacks'));
    for (const provider of options.providers) {
      const measured = await measureOne(provider, options, documents, scratch);
      done({ ...toldAgreement(provider, measured), versions: [`${provider} ${PROVIDERS[provider].version}`] });
    }
    return [];
  });
}
