import { AWS_TEMPLATE_LIMITS } from '../estate/catalog/aws';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import type { StacksPlan } from '../estate/plan/types';
import { formatCount } from '../estate/units';

/** A synthesized CloudFormation stack with the text of its template, as it is uploaded. */
export interface TemplateText {
  readonly stack: string;
  readonly text: string;
}

/** The templates of a plan. */
export interface WrittenTemplates {
  readonly templates: readonly TemplateText[];
  readonly plan: StacksPlan;
}

type Counted = keyof typeof AWS_TEMPLATE_LIMITS;

/** Which entry of the estate file a stack is made from, and what makes it smaller. */
interface Origin {
  readonly path: string;
  readonly hint: string;
}

/**
 * Refuses templates that CloudFormation would.
 *
 * @throws EstateError with every number that is over a limit, exit code 3
 */
export function checkTemplates(written: readonly WrittenTemplates[]): void {
  const templates = written.flatMap((each) => each.templates);
  const origins = new Map(written.flatMap(({ plan }) => [...originsOf(plan)]));
  const found = templates.flatMap(({ stack, text }) => {
    const counts = countsOf(text);
    const origin = origins.get(stack);
    return COUNTED.filter((what) => counts[what] > AWS_TEMPLATE_LIMITS[what].value).map(
      (what): Diagnostic => ({
        code: 'StackTooLarge',
        severity: 'error',
        path: origin?.path ?? stack,
        value: counts[what],
        message: `stack ${stack} has ${formatCount(counts[what])} ${what}, CloudFormation takes ${formatCount(AWS_TEMPLATE_LIMITS[what].value)} in a stack`,
        ...(origin && { hint: origin.hint }),
      }),
    );
  });
  if (found.length > 0) throw new EstateError(found, 3);
}

const COUNTED: readonly Counted[] = ['resources', 'outputs', 'bytes'];

function countsOf(text: string): Record<Counted, number> {
  const { Resources = {}, Outputs = {} }: { Resources?: object; Outputs?: object } = JSON.parse(text);
  return {
    resources: Object.keys(Resources).length,
    outputs: Object.keys(Outputs).length,
    bytes: Buffer.byteLength(text),
  };
}

/** New stores go where there is room, so only what was recorded before can be too much. */
const FEWER_STORES = 'take stores out of it, and their data to new ones: a new store goes to a stack with room';

function originsOf(plan: StacksPlan): ReadonlyMap<string, Origin> {
  return new Map([
    ...plan
      .accounts('aws')
      .map(({ key, stacks }): [string, Origin] => [
        stacks.foundation,
        { path: `accounts.${key}`, hint: 'spread its sites over accounts' },
      ]),
    ...plan.sites('aws').flatMap((site): [string, Origin][] => {
      const path = `sites.${site.key}`;
      return [
        [site.stacks.network, { path, hint: 'give the site fewer zones' }],
        ...site.storageStacks.map(({ stack }): [string, Origin] => [stack, { path, hint: FEWER_STORES }]),
      ];
    }),
    ...plan
      .shards('aws')
      .map(({ cluster, stacks }): [string, Origin] => [
        stacks.cluster,
        { path: `clusters.${cluster}`, hint: 'mount fewer stores in it, or move pools to another cluster' },
      ]),
  ]);
}
