import type { Path } from '../../estate/spec/positions';
import { formatPath, quote } from '../../estate/spec/words';

/** What is wrong with a value of a manifest. */
export interface Mistake {
  readonly code: string;
  readonly path: Path;
  readonly value?: unknown;
  readonly message: string;
  readonly hint?: string;
}

/** A value of a manifest with its place; what is of another kind than it is read as is told once and read as nothing. */
export class Field {
  constructor(
    readonly value: unknown,
    readonly path: Path,
    private readonly tell: (mistake: Mistake) => void,
  ) {}

  /** A member further down; nothing where there is none on the way. */
  at(...steps: Path): Field {
    return steps.reduce<Field>((field, step) => field.step(step), this);
  }

  /** Whether anything is written there. */
  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  text(): string | undefined {
    if (!this.isThere) return undefined;
    return typeof this.value === 'string' ? this.value : this.wrong('text; put it in quotes');
  }

  /** A whole number of at least `least`. */
  count(least = 0): number | undefined {
    if (!this.isThere) return undefined;
    const { value } = this;
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 2 ** 31 - 1;
    return fits ? value : this.wrong(`a whole number of at least ${least}`);
  }

  flag(): boolean | undefined {
    if (!this.isThere) return undefined;
    return typeof this.value === 'boolean' ? this.value : this.wrong('true or false');
  }

  items(): readonly Field[] {
    if (!this.isThere) return [];
    if (!Array.isArray(this.value)) return this.wrong('a list') ?? [];
    return this.value.map((value: unknown, index) => new Field(value, [...this.path, index], this.tell));
  }

  entries(): readonly (readonly [string, Field])[] {
    if (!this.isThere) return [];
    if (!isMap(this.value)) return this.wrong('a map') ?? [];
    return Object.keys(this.value).map((key) => [key, this.step(key)] as const);
  }

  /** Labels, annotations and the like. */
  texts(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.entries()
        .flatMap(([key, field]) => [[key, field.text()] as const])
        .flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])),
    );
  }

  /** Another value in its place. */
  holding(value: unknown): Field {
    return new Field(value, this.path, this.tell);
  }

  /** Tells what is wrong with the value. */
  mistake(code: string, message: string, hint?: string): undefined {
    this.tell({ code, path: this.path, value: this.value, message, ...(hint !== undefined && { hint }) });
    return undefined;
  }

  private step(step: string | number): Field {
    const inside = this.value;
    const value = Array.isArray(inside) ? inside[Number(step)] : isMap(inside) ? own(inside, String(step)) : undefined;
    if (this.isThere && !Array.isArray(inside) && !isMap(inside)) this.wrong('a map');
    return new Field(value, [...this.path, step], this.tell);
  }

  private wrong(wanted: string): undefined {
    return this.mistake('ManifestShape', `${formatPath(this.path)} is ${quote(this.value)}; it is to be ${wanted}`);
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
