import { type TerraformStack, Testing } from '../../constructs/cdktf';

/** A synthesized Terraform stack, as far as tests look at it. */
export interface TerraformJson {
  readonly terraform?: Record<string, unknown>;
  readonly provider?: Record<string, Record<string, unknown>[]>;
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  readonly data?: Record<string, Record<string, Record<string, unknown>>>;
  /** What a value is made of that several places read. */
  readonly locals?: Record<string, unknown>;
  readonly output?: Record<string, Record<string, unknown>>;
  /** What stood at another address before. */
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  /** What Terraform forgets. */
  readonly removed?: readonly { readonly from: string; readonly lifecycle: { readonly destroy: boolean } }[];
}

/** Synthesizes a stack in memory. */
export function synthStack(stack: TerraformStack): TerraformJson {
  return JSON.parse(Testing.synth(stack)) as TerraformJson;
}

/** The resources of one type, by their logical id. */
export function resourcesOf(json: TerraformJson, type: string): Record<string, Record<string, unknown>> {
  return json.resource?.[type] ?? {};
}

/** The only resource of a type; fails when there is none or more than one. */
export function onlyResource(json: TerraformJson, type: string): Record<string, unknown> {
  const found = Object.values(resourcesOf(json, type));
  const [only] = found;
  if (only === undefined || found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return only;
}

/** Number of resources in a stack. */
export function resourceCount(json: TerraformJson): number {
  return Object.values(json.resource ?? {}).reduce((sum, byId) => sum + Object.keys(byId).length, 0);
}

/** Logs of what has none: a stack lets go of those that there may have been, since only a state knows. */
const FORMER_LOGS =
  /\.(cluster_log-bucket|key_used-by-logging|cluster_logs(_[a-z-]+)?|store-[a-z0-9-]+_access-logs(_[a-z-]+)?)_[0-9A-F]{8}$/;

/** Addresses that Terraform is told to forget, without logs that there may have been. */
export function forgottenBy({ removed = [] }: TerraformJson): string[] {
  return removed.map(({ from }) => from).filter((from) => !FORMER_LOGS.test(from));
}
