import { parseArgs } from 'node:util';
import { type KindSchema, schemaOf } from '../../bundle/schemas';
import type { KubeObject } from '../../bundle/types';
import { type Problem, validateObject } from '../../bundle/validate';
import { OfflineError } from '../../provider/errors';
import { Random } from '../../tools/fuzz/random';
import { checkRules } from '../../tools/kube-schemas/rules';
import type { LabPart } from '../lab';
import { mutate, slotsOf } from './mutations';
import { SAMPLES } from './objects';
import { percent } from './percent';
import { Server, type Verdict } from './server';
import { bundledShapes } from './shapes';

/** Share of objects on which both have to agree. */
const WANTED = 0.97;
const COUNT = 3000;
const NAMESPACE = 'default';
const AS_IT_IS = 'as it is';
const EXAMPLES_SHOWN = 40;
/** Answers of a server that are about what is there already, or is missing, and not about the object. */
const NO_VERDICT = [403, 404, 409];

/** What is asked about, by the names of the parts of the lab. */
const SUBJECTS: Readonly<Record<string, () => readonly KubeObject[]>> = {
  samples: () => SAMPLES,
  bundles: bundledShapes,
};

/** Names of the parts of the lab. */
export function parts(): readonly string[] {
  return Object.keys(SUBJECTS);
}

/** Options of the lab, one a line. */
export const options: readonly string[] = [
  '--kubeconfig FILE   of a server that has Kueue with its webhooks, and the definitions of the others; nothing is kept there',
  `--count N           changed objects (${COUNT})`,
  '--seed N            another series of them (1)',
];

interface Outcome {
  readonly kind: string;
  readonly what: string;
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
}

/** A sample, with what is known of its kind. */
interface Subject {
  readonly object: KubeObject;
  readonly kind: KindSchema;
}

async function subjects(server: Server, objects: readonly KubeObject[]): Promise<readonly Subject[]> {
  const found = objects.map((object) => {
    const kind = schemaOf(object.apiVersion, object.kind);
    if (kind === undefined)
      throw new OfflineError(`${object.kind} is not recorded`, 'record it, or take the sample out');
    // Their own namespaces are not there.
    const metadata = { ...object.metadata, ...(kind.row.namespaced && { namespace: NAMESPACE }) };
    return { object: { ...object, metadata }, kind };
  });
  const served = await Promise.all(found.map(({ kind }) => server.serves(kind.row)));
  return found.filter((_, index) => served[index] === true);
}

async function ask(server: Server, { kind }: Subject, object: unknown, what: string): Promise<Outcome> {
  const verdict = await server.judge(object, kind.row, NAMESPACE);
  return { kind: kind.row.kind, what, verdict, problems: validateObject(object, checkRules) };
}

/** Objects as they are, then changed ones: each has as many. */
async function askAll(
  server: Server,
  objects: readonly KubeObject[],
  count: number,
  seed: number,
): Promise<readonly Outcome[]> {
  const all = await subjects(server, objects);
  const outcomes: Outcome[] = [];
  for (const subject of all) outcomes.push(await ask(server, subject, subject.object, AS_IT_IS));
  const wanted = Array.from({ length: count }, (_, index) => index);
  const next = async (): Promise<void> => {
    for (let index = wanted.shift(); index !== undefined; index = wanted.shift()) {
      const subject = all[index % all.length];
      if (subject === undefined) return;
      const random = new Random((seed * 1_000_003 + index) >>> 0);
      const slots = slotsOf(subject.object, subject.kind);
      let mutant = mutate(subject.object, slots, random);
      while (mutant === undefined) mutant = mutate(subject.object, slots, random);
      outcomes.push(await ask(server, subject, mutant.object, mutant.what));
    }
  };
  await Promise.all([next(), next(), next(), next()]);
  return outcomes.filter(({ verdict }) => !NO_VERDICT.includes(verdict.status));
}

function told({ kind, what, verdict, problems }: Outcome): string {
  const said = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  return `${kind}, ${what}: ${verdict.isAccepted ? `accepted, but here: ${said}` : `refused: ${verdict.message}`}`.slice(
    0,
    400,
  );
}

/** Asks a server and this project about the same objects, and compares whether they take them. */
export async function run(args: readonly string[], done: (part: LabPart) => void): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kubeconfig: { type: 'string' },
      count: { type: 'string', default: String(COUNT) },
      seed: { type: 'string', default: '1' },
    },
  });
  if (values.kubeconfig === undefined)
    throw new OfflineError('--kubeconfig is missing', '"npm run lab -- schemas --help" says what it takes');
  const server = Server.open(values.kubeconfig);
  try {
    const versions = [`kubernetes ${await server.version()}`];
    for (const [name, objects] of Object.entries(SUBJECTS)) {
      const outcomes = await askAll(server, objects(), Number(values.count), Number(values.seed));
      done({ name, versions, ...compared(outcomes) });
    }
    return [];
  } finally {
    server.close();
  }
}

/** How far both agree. */
function compared(outcomes: readonly Outcome[]): Omit<LabPart, 'name' | 'versions'> {
  const strict = outcomes.filter(({ verdict, problems }) => verdict.isAccepted && problems.length > 0);
  const missed = outcomes.filter(({ verdict, problems }) => !verdict.isAccepted && problems.length === 0);
  const refused = outcomes.filter(({ verdict }) => !verdict.isAccepted).length;
  const agreed = outcomes.length - strict.length - missed.length;
  const wrong = outcomes.filter(
    ({ what, verdict, problems }) => what === AS_IT_IS && (!verdict.isAccepted || problems.length > 0),
  );
  const isEnough = agreed / outcomes.length >= WANTED;
  return {
    result:
      `${percent(agreed, outcomes.length)} of ${outcomes.length} objects get the same verdict: the server refuses ${refused}, of which ` +
      `${missed.length} are missed here; ${strict.length} of ${outcomes.length - refused} that it accepts are refused here`,
    tables: [table(outcomes)],
    problems: [...wrong.map(told), ...(isEnough ? [] : [`less than ${WANTED * 100} % agree`])],
    notes: [...new Set([...missed, ...strict].map(told))].slice(0, EXAMPLES_SHOWN),
  };
}

function table(outcomes: readonly Outcome[]): string {
  const rows = [...new Set(outcomes.map(({ kind }) => kind))].sort().map((kind) => {
    const own = outcomes.filter((each) => each.kind === kind);
    const strict = own.filter(({ verdict, problems }) => verdict.isAccepted && problems.length > 0).length;
    const missed = own.filter(({ verdict, problems }) => !verdict.isAccepted && problems.length === 0).length;
    return [kind, own.length, own.filter(({ verdict }) => !verdict.isAccepted).length, missed, strict];
  });
  const lines = [['kind', 'asked', 'refused', 'missed', 'too strict'], ...rows];
  return lines
    .map(([kind, ...counts]) => [String(kind).padEnd(28), ...counts.map((each) => String(each).padStart(11))].join(''))
    .join('\n');
}
