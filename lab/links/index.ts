import type { LabPart } from '../lab';
import { type Ability, findAbility } from './ability';
import type { PlannedSides } from './judge';
import { proveMutations } from './mutated';
import { MUTATIONS } from './mutations';
import { parseOptions } from './options';
import { prove } from './prove';
import { referencePair } from './reference';
import { toldMutations, toldProof } from './report';
import type { Sides } from './side';

export { OPTIONS as options } from './options';

/** A connection to bring up. */
interface Connection {
  readonly name: string;
  readonly sides: Sides;
  readonly planned: PlannedSides;
}

/** Tunnels of the reference pair: as many as two clouds have that each have two addresses. */
const REFERENCE_TUNNELS = 4;

function connections(): Connection[] {
  const reference = referencePair(REFERENCE_TUNNELS);
  return [{ name: 'reference pair', sides: reference, planned: reference }];
}

const mutationsName = (name: string) => `${name}: mutations`;

/** Names of everything that the lab brings up. */
export function parts(): readonly string[] {
  return connections().flatMap(({ name }) => [name, mutationsName(name)]);
}

async function bringUp(
  { name, sides, planned }: Connection,
  ability: Ability,
  mutations: boolean,
  done: (part: LabPart) => void,
): Promise<void> {
  done({ name, ...toldProof(sides, ability, await prove(sides, ability, { planned })) });
  if (!mutations) return;
  const mutated = await proveMutations(sides, planned, ability, MUTATIONS);
  done({ name: mutationsName(name), ...toldMutations(ability, mutated) });
}

/** Brings both sides of connections up; returns what was not, where this machine cannot. */
export async function run(args: readonly string[], done: (part: LabPart) => void): Promise<readonly string[]> {
  const { only = '', mutations, mode } = parseOptions(args);
  const chosen = connections().filter(({ name }) => name.includes(only));
  const found = await findAbility();
  if ('cannot' in found) return chosen.map(({ name }) => `${name}: ${found.cannot}`);
  const ability = mode === undefined ? found : { ...found, mode };
  for (const connection of chosen) await bringUp(connection, ability, mutations, done);
  return [];
}
