import { createHash } from 'node:crypto';
import type { Cloud } from '../../estate/catalog';
import type { Exchange } from '../../estate/spec/exchange';
import type { JsonObject } from '../../terraform/document';
import type { HalfSide } from './side';

/** What one side of a connection is read from, and nothing of the other side. */
export interface SideDocuments {
  readonly site: string;
  /** What was synthesized for its gateway: a CloudFormation template, or a Terraform document. */
  readonly gateway: JsonObject;
  /** What was synthesized for its half of the connection. */
  readonly link: JsonObject;
  /** What an apply has told, made up with documentation addresses: own public addresses are nowhere else. */
  readonly exchange: Exchange;
}

/** Reads a side from what was synthesized for it. */
export type SideReader = (documents: SideDocuments) => HalfSide;

/** Who reads the documents of a cloud. */
export const SIDE_READERS: Readonly<Partial<Record<Cloud, SideReader>>> = {};

/** Reads a side from the output of its cloud; undefined for a cloud whose output nobody reads yet. */
export function readSide(cloud: Cloud, documents: SideDocuments): HalfSide | undefined {
  return SIDE_READERS[cloud]?.(documents);
}

/**
 * The pre-shared key that the lab makes up for a reference, such as the name of a secret or of a variable.
 *
 * The same reference has the same key, so that two sides fit only where both name the same one.
 */
export function keyOfReference(reference: string): string {
  return `k${createHash('sha256').update(reference).digest('hex').slice(0, 39)}`;
}
