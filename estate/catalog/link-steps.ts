import type { StepRow } from './steps';
import type { Sourced } from './types';

/** What steps of links are of, on every cloud. */
export const LINK_THINGS = {
  /** A gateway that tells its peers something. */
  'link-gateway': ['gatewayStack'],
  /** A link with keys that both ends share. */
  'keyed-link': ['link'],
  /** A half of a link that tells the other one something. */
  'told-half': ['half'],
  'tunnel-half': ['half', 'network', 'group'],
  'circuit-half': ['half', 'network', 'group'],
  'peering-half': ['half', 'network', 'group'],
  /** A link with the company. */
  'company-link': ['link'],
  /** A half that waits for what is applied elsewhere. */
  'waiting-half': ['waiting', 'fact'],
  /** A half that is applied once more when the other one has told what it made. */
  'incomplete-half': ['half', 'fact'],
} as const;

/** What steps of links are of, on every cloud. */
export type LinkThing = keyof typeof LINK_THINGS;

/** How something is seen to be up. */
export type SeenUp = Sourced & { readonly see: readonly string[]; readonly done: string };

const CHECKED = { checked: '2026-11' } as const;
const COMMANDS = 'docs/reference/commands.md';

/**
 * The steps of gateways and links. They are the same on each cloud but for the command that writes what a stack tells, and
 * for how tunnels, circuits and peerings are seen to be up.
 *
 * @param outputs the command that writes the outputs of `{told}` to `{told}.outputs.json`
 */
export function linkSteps(
  outputs: string,
  up: Readonly<Record<'tunnels' | 'circuits' | 'peerings', SeenUp>>,
): readonly StepRow<LinkThing>[] {
  const told = (stack: string) => [
    outputs.replaceAll('{told}', stack),
    `npx estate exchange import ${stack}.outputs.json`,
  ];
  return [
    {
      id: 'gateway-told',
      at: 'after-gateway',
      of: 'link-gateway',
      title: 'Bring what the gateway of {site} tells into the exchange file, and commit that',
      why: 'The other ends of its links are made from it. Nothing in it is secret.',
      run: told('{gatewayStack}'),
      see: ['npx estate exchange show'],
      done: 'it lists what the gateway told',
      source: COMMANDS,
      ...CHECKED,
    },
    {
      id: 'link-keys',
      at: 'after-gateway',
      of: 'keyed-link',
      title: 'Have the keys of the links of {site} made, each once, and take them into this shell',
      why: 'Both ends of a tunnel share one. It stands in no file of the estate.',
      run: ['npx estate exchange keys {link}'],
      done: 'the commands that it prints were run, and none says that a key is missing',
      source: COMMANDS,
      ...CHECKED,
    },
    {
      id: 'links-told',
      at: 'after-link',
      of: 'told-half',
      title: 'Bring what the halves of links at {site} tell into the exchange file, and commit that',
      why: 'The other halves are made from it. Tunnels are told from each other by their inside ranges.',
      run: told('{half}'),
      see: ['npx estate exchange show'],
      done: 'it lists what the halves told',
      source: COMMANDS,
      ...CHECKED,
    },
    {
      id: 'devices',
      at: 'after-link',
      of: 'company-link',
      title: 'Have the network engineers of the company set up their devices for the links of {site}',
      why: 'Addresses, numbers, the one proposal and the names of keys are below each link; the keys go another way.',
      see: ['npx estate show links   # as to {link}'],
      done: 'no address is pending, and each device has every tunnel that it lists',
      source: COMMANDS,
      ...CHECKED,
    },
    {
      id: 'tunnels-up',
      at: 'after-link',
      of: 'tunnel-half',
      title: 'See that the tunnels of {site} are up, once their other ends are applied too',
      ...up.tunnels,
    },
    {
      id: 'circuits-up',
      at: 'after-link',
      of: 'circuit-half',
      title: 'See that the circuits of {site} are up, once their other ends are applied too',
      ...up.circuits,
    },
    {
      id: 'peerings-up',
      at: 'after-link',
      of: 'peering-half',
      title: 'See that the peerings of {site} are up, once their other ends are applied too',
      ...up.peerings,
    },
    {
      id: 'links-incomplete',
      at: 'last',
      of: 'incomplete-half',
      title: 'Apply the halves of links again that lead nowhere yet, once what completes them is imported',
      why: 'They are made without what their other halves tell of themselves, and connected once that is known.',
      run: ['npx estate exchange show'],
      see: ['npx estate show links   # {fact} is to come, and completes {half}'],
      done: 'every link is ready, and the stacks that the import named were applied again',
      source: COMMANDS,
      ...CHECKED,
    },
    {
      id: 'links-waiting',
      at: 'last',
      of: 'waiting-half',
      title: 'Go on with the halves of links that wait for what is applied elsewhere',
      why: 'They have no stack yet. Once what they wait for is imported they are in this list, and in the pipeline.',
      run: ['npx estate runbook first-apply'],
      see: ['npx estate show links   # {waiting} waits for {fact}'],
      done: 'every link is ready, and the stacks of its halves are applied',
      source: COMMANDS,
      ...CHECKED,
    },
  ];
}
