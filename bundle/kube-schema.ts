/** A schema of Kubernetes as recorded: JSON Schema without its descriptions, with the extensions that say more. */
export interface KubeSchema {
  /** Name of another schema of the same recording, which stands here. */
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, KubeSchema>>;
  readonly additionalProperties?: KubeSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: KubeSchema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly anyOf?: readonly KubeSchema[];
  readonly oneOf?: readonly KubeSchema[];
  readonly allOf?: readonly KubeSchema[];
  readonly not?: KubeSchema;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  readonly 'x-kubernetes-validations'?: readonly KubeRule[];
}

/** A rule in CEL that objects of a kind obey. */
export interface KubeRule {
  readonly rule: string;
  readonly message?: string;
  /** An expression that makes the message, where it can. */
  readonly messageExpression?: string;
  readonly reason?: string;
  /** Path of the field that is to blame, from where the rule stands. */
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** A file of recorded schemas. */
export interface Recording {
  /** Name in `schemas` by kind. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly schemas: Readonly<Record<string, KubeSchema>>;
}

/** A kind of objects whose schema is recorded. */
export interface RecordedKind {
  /** Empty for the core of Kubernetes. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Name of the file, in the folder of recordings. */
  readonly file: string;
  /** Component and release that define it, such as `kueue 0.19.2`. */
  readonly from: string;
  /** Versions that are served besides and are not recorded. @default none */
  readonly others?: readonly string[];
}
