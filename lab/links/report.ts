import { formatTable } from '../../estate/report/table';
import { counted } from '../../estate/spec/words';
import type { LabPart } from '../lab';
import { type Ability, MODES } from './ability';
import type { SideMutation } from './mutations';
import type { Proof, TunnelRow } from './prove';
import type { Sides } from './side';

type Told = Omit<LabPart, 'name'>;

function tunnelTable(rows: readonly TunnelRow[]): string {
  return formatTable(rows, [
    { title: 'tunnel', value: ({ tunnel }) => tunnel },
    { title: 'public addresses', value: ({ outside }) => outside },
    { title: 'IKE', value: ({ ike }) => ike },
    { title: 'ESP', value: ({ esp }) => esp },
    { title: 'sessions', value: ({ sessions }) => sessions },
    { title: 'without it', value: ({ lost }) => lost },
  ]);
}

const notesOf = ({ mode }: Ability): readonly string[] => (mode === 'esp' ? [] : [`only ${mode}: ${MODES[mode]}`]);

/** What came out of bringing a connection up. */
export function toldProof(sides: Sides, ability: Ability, { problems, rows, seconds }: Proof): Told {
  const ranges = sides.flatMap(({ prefixes }) => prefixes);
  const up = [
    `${counted(rows.length, 'tunnel')} up (${ability.mode})`,
    counted(
      rows.reduce((sum, { sessions }) => sum + sessions, 0),
      'end of a BGP session',
      'ends of BGP sessions',
    ),
    `${counted(ranges.length, 'range')} at the other side`,
    'and still there without each tunnel in its turn',
  ].join(', ');
  const result = problems.length === 0 ? up : `does not fit: ${counted(problems.length, 'problem')}`;
  return {
    versions: ability.versions,
    result: `${result}; ${seconds} s`,
    tables: rows.length > 0 ? [tunnelTable(rows)] : [],
    problems,
    notes: notesOf(ability),
  };
}

/** A change of one side, and what came out of it. */
export interface Mutated {
  readonly mutation: SideMutation;
  readonly proof: Proof;
}

/** What a change was noticed by; undefined where it was not, or by something else only. */
export function noticed({ mutation, proof }: Mutated): string | undefined {
  return proof.problems.flatMap((problem) => mutation.expects.exec(problem)?.[0] ?? [])[0];
}

/** What came out of changing one side. */
export function toldMutations(ability: Ability, all: readonly Mutated[]): Told {
  const missed = all.filter((one) => noticed(one) === undefined);
  return {
    versions: ability.versions,
    result: `${all.length - missed.length} of ${counted(all.length, 'change')} of one side noticed`,
    tables: [
      formatTable(all, [
        { title: 'changed on one side', value: ({ mutation }) => mutation.name },
        { title: 'noticed by', value: (one) => noticed(one) ?? 'nothing' },
      ]),
    ],
    problems: missed.map(
      ({ mutation, proof }) =>
        `${mutation.name} is changed, and not noticed as it should be: ${proof.problems.join('; ') || 'all is well'}`,
    ),
    notes: notesOf(ability),
  };
}
