import type { Ability } from './ability';
import type { PlannedSides } from './judge';
import type { SideMutation } from './mutations';
import { prove } from './prove';
import type { Mutated } from './report';
import type { Sides } from './side';

/** Beds at a time: they wait more than they work. */
const AT_A_TIME = 4;

/** Time in which a changed side could still come up; it need not be long, since it is not to. */
const PATIENCE_SECONDS = 4;

/** Changes one thing on one side after the other, and brings up what results of each. */
export async function proveMutations(
  sides: Sides,
  planned: PlannedSides,
  ability: Ability,
  mutations: readonly SideMutation[],
  atATime = AT_A_TIME,
): Promise<Mutated[]> {
  const left = [...mutations.entries()];
  const all: Mutated[] = [];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, mutation] = next;
      const options = { losses: false, patienceSeconds: PATIENCE_SECONDS, planned };
      all[index] = { mutation, proof: await prove(mutation.of(sides), ability, options) };
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return all;
}
