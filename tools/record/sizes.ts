import type { AcceptedValues } from '../../provider/schema';
import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import { configuration, type Leaf } from './leaves';
import { plainPath } from './messages';
import type { Round } from './rounds';

/** More elements than any list that has a bound may have. */
const MANY = 120;

/** Elements of which no two are equal, since those of a set are counted once. */
function elements({ type }: Leaf): Value[] | undefined {
  if (typeof type === 'string' || (type[0] !== 'list' && type[0] !== 'set')) return undefined;
  if (type[1] !== 'string' && type[1] !== 'number') return undefined;
  return Array.from({ length: MANY }, (_, index) => (type[1] === 'string' ? `abc${index}` : index));
}

const MOST = /Attribute (\S+) supports (\d+) item maximum/;
const FEWEST = /Attribute (\S+) requires (\d+) item minimum/;

async function bounds(asker: Asker, round: Round, form: RegExp, isEmpty: boolean): Promise<Map<string, number>> {
  const given = round.flatMap((leaf): [string, Value][] => {
    const many = elements(leaf);
    return many === undefined ? [] : [[leaf.path, isEmpty ? [] : many]];
  });
  if (given.length === 0) return new Map();
  const findings = (await asker.validate(configuration(asker.schema.block, new Map(given)))) ?? [];
  return new Map(
    findings.flatMap(({ detail }): [string, number][] => {
      const [, path, bound] = form.exec(detail) ?? [];
      return path === undefined ? [] : [[plainPath(path), Number(bound)]];
    }),
  );
}

/** How many elements lists of plain values may have, which schemas say of blocks only. */
export async function askSizes(asker: Asker, rounds: readonly Round[]): Promise<Record<string, AcceptedValues>> {
  const found: Record<string, AcceptedValues> = {};
  for (const round of rounds) {
    const known = new Set(round.map(({ path }) => path));
    const most = await bounds(asker, round, MOST, false);
    const fewest = await bounds(asker, round, FEWEST, true);
    for (const path of new Set([...most.keys(), ...fewest.keys()])) {
      if (!known.has(path)) continue;
      const [min, max] = [fewest.get(path), most.get(path)];
      found[path] = { ...(min !== undefined && { min_items: min }), ...(max !== undefined && { max_items: max }) };
    }
  }
  return found;
}
