import { type Ability, MODES, type Mode } from './ability';
import { type Bed, openBed } from './bed';
import { unusable } from './check';
import { QUESTIONS, readGateway } from './frr';
import { type Case, childOf, ikeOf, judge, judgeLoss, type PlannedSides, type Seen, type TunnelSeen } from './judge';
import { type BedTunnel, bedTunnels, facing, gatewayOf, type Sides } from './side';
import { readSas } from './strongswan';
import {
  building,
  joining,
  losing,
  openers,
  openingConnections,
  reaching,
  readTold,
  rekeying,
  routing,
  tellingGateways,
  tellingTunnels,
} from './wiring';

/** How a connection is tried. */
export interface ProofOptions {
  /** Whether each tunnel is lost in its turn. @default true */
  readonly losses?: boolean;
  /** What the plan says of both sides. @default what they say of themselves */
  readonly planned?: PlannedSides;
  /** Time in which something has to get better before it counts as it is. @default 15 */
  readonly patienceSeconds?: number;
}

/** A tunnel that was tried, as a row of a table. */
export interface TunnelRow {
  readonly tunnel: string;
  readonly outside: string;
  /** What was agreed on; empty where nothing was. */
  readonly ike: string;
  readonly esp: string;
  /** Sessions that came up, of two. */
  readonly sessions: number;
  /** What its loss left; empty where it was not lost. */
  readonly lost: string;
}

/** What came out of bringing a connection up. */
export interface Proof {
  readonly mode: Mode;
  readonly problems: readonly string[];
  readonly rows: readonly TunnelRow[];
  readonly seconds: number;
}

const PATIENCE_SECONDS = 15;
const LOOK_EVERY_MS = 250;
/** However much still changes, it ends. */
const LONGEST_SECONDS = 90;

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Looks again and again until nothing is wrong, or nothing changes any more for as long as patience lasts. */
export async function settle(
  look: () => Promise<readonly string[]>,
  patienceSeconds: number,
): Promise<readonly string[]> {
  const start = Date.now();
  let since = start;
  let before: string | undefined;
  for (;;) {
    const problems = await look();
    const now = Date.now();
    if (problems.length === 0) return [];
    if (problems.join('\n') !== before) since = now;
    before = problems.join('\n');
    if (now - since > patienceSeconds * 1000 || now - start > LONGEST_SECONDS * 1000) return problems;
    await sleep(LOOK_EVERY_MS);
  }
}

class Trial {
  private seenTunnels: ReadonlyMap<string, TunnelSeen> = new Map();

  constructor(
    private readonly tried: Case,
    private readonly ability: Ability,
    private readonly bed: Bed,
    private readonly patienceSeconds: number,
  ) {}

  private async do(what: string, script: string): Promise<string> {
    const { code, output } = await this.bed.run(script);
    if (code !== 0)
      throw new Error(
        `${what} failed in the bed of ${this.tried.sides.map(({ site }) => site).join(' and ')}: ${output}`,
      );
    return output;
  }

  private async lookAtTunnels(): Promise<void> {
    const told = readTold(await this.do('Asking strongSwan', tellingTunnels(this.tried.sides)));
    this.seenTunnels = new Map(
      bedTunnels(this.tried.sides).map(({ id }) => [
        id,
        { sas: readSas(told.get(`${id} sas`) ?? ''), said: told.get(`${id} said`) ?? '' },
      ]),
    );
  }

  private child = (id: string) => childOf(ikeOf(this.seenTunnels.get(id)));

  /** Looks at gateways, and where all is well otherwise, whether hosts reach each other. */
  private async look(problemsOf: (seen: Seen) => string[]): Promise<Seen> {
    const told = readTold(await this.do('Asking FRR', tellingGateways(this.ability.programs, QUESTIONS)));
    const gateways = new Map(
      ([0, 1] as const).map((side) => {
        const name = gatewayOf(side);
        return [name, readGateway(QUESTIONS.map((_, index) => told.get(`${name} ${index}`) ?? ''))] as const;
      }),
    );
    const seen = { tunnels: this.seenTunnels, gateways, unreachable: [] };
    if (problemsOf(seen).length > 0) return seen;
    const { output } = await this.bed.run(reaching(this.tried.sides));
    return { ...seen, unreachable: output.split('\n').filter(Boolean) };
  }

  /** Makes keys anew where a tunnel was opened, and waits until both its ends have the new ones and nothing else. */
  private async rekey(): Promise<void> {
    const ids = openers(this.tried.sides, (id) => this.child(id) !== undefined);
    if (ids.length === 0) return;
    await this.do('Making keys anew', rekeying(ids));
    const tunnels = bedTunnels(this.tried.sides);
    const ends = tunnels.filter((one) => ids.includes(one.id) || ids.includes(facing(tunnels, one)?.id ?? ''));
    await settle(async () => {
      await this.lookAtTunnels();
      return ends.map(({ id }) => id).filter((id) => [undefined, '1'].includes(this.child(id)?.id));
    }, this.patienceSeconds);
  }

  async comeUp(): Promise<void> {
    const { mode, programs } = this.ability;
    await this.do('Building', building(this.tried.sides, mode, programs));
    await this.bed.run(openingConnections(this.tried.sides));
    await this.lookAtTunnels();
    await this.rekey();
    const ids = bedTunnels(this.tried.sides).map(({ id }) => id);
    await this.do(
      'Joining',
      joining(
        this.tried.sides,
        mode,
        ids.filter((id) => this.child(id) !== undefined),
      ),
    );
    await this.do('Routing', routing(programs));
  }

  async settled(problemsOf: (seen: Seen) => string[]): Promise<readonly string[]> {
    return settle(async () => problemsOf(await this.look(problemsOf)), this.patienceSeconds);
  }

  upProblems = (seen: Seen): string[] => judge(this.tried, seen, this.ability.mode);

  /** Loses a tunnel and brings it back; what was wrong meanwhile. */
  async lose(lost: BedTunnel): Promise<readonly string[]> {
    const { mode } = this.ability;
    await this.do('Losing a tunnel', losing(this.tried.sides, mode, lost.id, true));
    const problems = await this.settled((seen) => judgeLoss(this.tried, seen, lost));
    await this.do('Bringing a tunnel back', losing(this.tried.sides, mode, lost.id, false));
    const after = await this.settled(this.upProblems);
    return [...problems, ...after.map((problem) => `after tunnel ${lost.tunnel.insideCidr} was lost: ${problem}`)];
  }

  async rows(lost: ReadonlyMap<string, string>): Promise<TunnelRow[]> {
    const { gateways } = await this.look(() => ['only the sessions']);
    const tunnels = bedTunnels(this.tried.sides);
    return tunnels
      .filter(({ side }) => side === 0)
      .map(({ id, tunnel }) => {
        const ike = ikeOf(this.seenTunnels.get(id));
        const child = childOf(ike);
        const of = (sa: typeof child) =>
          sa === undefined
            ? ''
            : [sa.encryption, sa.prf.replace('PRF_', '') || sa.integrity, sa.group].filter(Boolean).join(' ');
        const both = tunnels.filter((one) => one.tunnel.key === tunnel.key);
        const up = both.filter((one) => gateways.get(gatewayOf(one.side))?.sessions.get(one.tunnel.peerInside)?.isUp);
        return {
          tunnel: tunnel.insideCidr,
          outside: `${tunnel.outside} ${tunnel.peerOutside}`,
          ike: of(ike),
          esp: of(child),
          sessions: up.length,
          lost: lost.get(id) ?? '',
        };
      });
  }
}

/** Brings both sides of a connection up, in namespaces that are gone afterwards, and looks whether they fit. */
export async function prove(sides: Sides, ability: Ability, options: ProofOptions = {}): Promise<Proof> {
  const { losses = true, planned = sides, patienceSeconds = PATIENCE_SECONDS } = options;
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const { mode } = ability;
  const malformed = unusable(sides);
  if (malformed.length > 0) return { mode, problems: malformed, rows: [], seconds: seconds() };
  const bed = await openBed();
  try {
    const trial = new Trial({ sides, planned }, ability, bed, patienceSeconds);
    await trial.comeUp();
    const problems = [...(await trial.settled(trial.upProblems))];
    const lost = new Map<string, string>();
    if (losses && problems.length === 0) {
      for (const tunnel of bedTunnels(sides).filter(({ side }) => side === 0)) {
        const found = await trial.lose(tunnel);
        problems.push(...found);
        lost.set(tunnel.id, found.length === 0 ? 'routes stay' : 'problems');
      }
    }
    return { mode, problems, rows: await trial.rows(lost), seconds: seconds() };
  } finally {
    await bed.close();
  }
}

/** What a proof of a mode is worth, in a sentence. */
export const worthOf = (mode: Mode): string => `${mode}: ${MODES[mode]}`;
