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

/** Share of objects on which both have to agree. */
const WANTED = 0.97;
const COUNT = 3000;
const NAMESPACE = 'default';
const EXAMPLES_SHOWN = 40;
/** Answers of a server that are about what is there already, or is missing, and not about the object. */
const NO_VERDICT = [403, 404, 409];

/** Names of the parts of the lab. */
export function parts(): readonly string[] {
  return ['kubernetes'];
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

async function subjects(server: Server): Promise<readonly Subject[]> {
  const found = SAMPLES.map((object) => {
    const kind = schemaOf(object.apiVersion, object.kind);
    if (kind === undefined)
      throw new OfflineError(`${object.kind} is not recorded`, 'record it, or take the sample out');
    return { object, kind };
  });
  const served = await Promise.all(found.map(({ kind }) => server.serves(kind.row)));
  return found.filter((_, index) => served[index] === true);
}

async function ask(server: Server, { kind }: Subject, object: unknown, what: string): Promise<Outcome> {
  const verdict = await server.judge(object, kind.row, NAMESPACE);
  return { kind: kind.row.kind, what, verdict, problems: validateObject(object, checkRules) };
}

/** Samples as they are, then changed ones: each kind has as many. */
async function askAll(server: Server, count: number, seed: number): Promise<readonly Outcome[]> {
  const all = await subjects(server);
  const outcomes: Outcome[] = [];
  for (const subject of all) outcomes.push(await ask(server, subject, subject.object, 'as it is'));
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
    const outcomes = await askAll(server, Number(values.count), Number(values.seed));
    const strict = outcomes.filter(({ verdict, problems }) => verdict.isAccepted && problems.length > 0);
    const missed = outcomes.filter(({ verdict, problems }) => !verdict.isAccepted && problems.length === 0);
    const refused = outcomes.filter(({ verdict }) => !verdict.isAccepted).length;
    const agreed = outcomes.length - strict.length - missed.length;
    const result =
      `${percent(agreed, outcomes.length)} of ${outcomes.length} objects get the same verdict: the server refuses ${refused}, of which ` +
      `${missed.length} are missed here; ${strict.length} of ${outcomes.length - refused} that it accepts are refused here`;
    const wrongAsTheyAre = outcomes.filter(
      ({ what, verdict, problems }) => what === 'as it is' && (!verdict.isAccepted || problems.length > 0),
    );
    done({
      name: 'kubernetes',
      versions: [`kubernetes ${await server.version()}`],
      result,
      tables: [table(outcomes)],
      problems: [
        ...wrongAsTheyAre.map(told),
        ...(agreed / outcomes.length < WANTED ? [`less than ${WANTED * 100} % agree`] : []),
      ],
      notes: [...strict, ...missed].slice(0, EXAMPLES_SHOWN).map(told),
    });
    return [];
  } finally {
    server.close();
  }
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
