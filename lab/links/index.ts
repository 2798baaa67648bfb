import { withScratch } from '../../terraform/scratch';
import type { LabPart } from '../lab';
import { type Ability, findAbility } from './ability';
import { proveMutations } from './mutated';
import { MUTATIONS } from './mutations';
import { parseOptions } from './options';
import { prove } from './prove';
import { referencePair } from './reference';
import { toldMutations, toldProof } from './report';
import { type Connection, connectionsOf, LAB_ESTATE, linkNames } from './synthesized';

export { OPTIONS as options } from './options';

/** Tunnels of the reference pair: as many as two clouds have that each have two addresses. */
const REFERENCE_TUNNELS = 4;
const REFERENCE = 'reference pair';

function reference(): Connection {
  const sides = referencePair(REFERENCE_TUNNELS);
  return { name: REFERENCE, sides, planned: sides };
}

const mutationsName = (name: string) => `${name}: mutations`;

/** Names of everything that the lab brings up: the links of its estate, and a pair of no cloud. */
export function parts(): readonly string[] {
  return [...linkNames(LAB_ESTATE), REFERENCE].flatMap((name) => [name, mutationsName(name)]);
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
  const { only = '', estate = LAB_ESTATE, mutations, mode } = parseOptions(args);
  const isChosen = (name: string) => name.includes(only);
  const found = await findAbility();
  if ('cannot' in found) {
    return [...linkNames(estate), REFERENCE].filter(isChosen).map((name) => `${name}: ${found.cannot}`);
  }
  const ability = mode === undefined ? found : { ...found, mode };
  return withScratch(async ({ folder }) => {
    for (const connection of [...(await connectionsOf(estate, folder)), reference()]) {
      if (isChosen(connection.name)) await bringUp(connection, ability, mutations, done);
    }
    return [];
  });
}
