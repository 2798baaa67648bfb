import { parse, type Type } from 'protobufjs';

/**
 * The part of Terraform's plugin protocol 6 that the local provider speaks, as a protobuf definition; protocol 5 has the
 * same messages under other names of methods, but for schemas, whose messages end with 5.
 *
 * Only names of the service's methods and the field numbers matter on the wire; fields that are never used here
 * (descriptions, identities, deferrals) are left out, which protobuf allows on both sides.
 */
const DEFINITION = `syntax = "proto3"; package tfplugin6;
message Empty {}
message DynamicValue { bytes msgpack = 1; bytes json = 2; }
message Step { oneof selector { string attribute_name = 1; string element_key_string = 2; int64 element_key_int = 3; } }
message AttributePath { repeated Step steps = 1; }
message Diagnostic { int32 severity = 1; string summary = 2; string detail = 3; AttributePath attribute = 4; }
message RawState { bytes json = 1; map<string, string> flatmap = 2; }
message Attribute {
  string name = 1; bytes type = 2; bool required = 4; bool optional = 5; bool computed = 6; bool sensitive = 7;
  bool deprecated = 9; bool write_only = 11;
}
message NestedBlock { string type_name = 1; Block block = 2; int32 nesting = 3; int64 min_items = 4; int64 max_items = 5; }
message Block {
  int64 version = 1; repeated Attribute attributes = 2; repeated NestedBlock block_types = 3; bool deprecated = 6;
}
message Schema { int64 version = 1; Block block = 2; }
message ClientCapabilities { bool deferral_allowed = 1; bool write_only_attributes_allowed = 2; }
message Capabilities { bool plan_destroy = 1; bool get_provider_schema_optional = 2; bool move_resource_state = 3; }
message TypeName { string type_name = 1; }
message Metadata {
  Capabilities server_capabilities = 1; repeated Diagnostic diagnostics = 2;
  repeated TypeName data_sources = 3; repeated TypeName resources = 4;
}
message ProviderSchema {
  Schema provider = 1; map<string, Schema> resource_schemas = 2; map<string, Schema> data_source_schemas = 3;
  repeated Diagnostic diagnostics = 4; Capabilities server_capabilities = 6;
}
message Attribute5 {
  string name = 1; bytes type = 2; bool required = 4; bool optional = 5; bool computed = 6; bool sensitive = 7;
  bool deprecated = 9; bool write_only = 10;
}
message NestedBlock5 { string type_name = 1; Block5 block = 2; int32 nesting = 3; int64 min_items = 4; int64 max_items = 5; }
message Block5 {
  int64 version = 1; repeated Attribute5 attributes = 2; repeated NestedBlock5 block_types = 3; bool deprecated = 6;
}
message Schema5 { int64 version = 1; Block5 block = 2; }
message ProviderSchema5 {
  Schema5 provider = 1; map<string, Schema5> resource_schemas = 2; map<string, Schema5> data_source_schemas = 3;
  repeated Diagnostic diagnostics = 4;
}
message Diagnostics { repeated Diagnostic diagnostics = 1; }
message DiagnosticsSecond { repeated Diagnostic diagnostics = 2; }
message Stopped { string error = 1; }
message ProviderConfigRequest { DynamicValue config = 1; }
message ConfigureRequest { string terraform_version = 1; DynamicValue config = 2; }
message ConfigRequest { string type_name = 1; DynamicValue config = 2; ClientCapabilities client_capabilities = 3; }
message UpgradeRequest { string type_name = 1; int64 version = 2; RawState raw_state = 3; }
message UpgradeResponse { DynamicValue upgraded_state = 1; repeated Diagnostic diagnostics = 2; }
message ReadRequest { string type_name = 1; DynamicValue current_state = 2; bytes private = 3; }
message ReadResponse { DynamicValue new_state = 1; repeated Diagnostic diagnostics = 2; bytes private = 3; }
message PlanRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue proposed_new_state = 3; DynamicValue config = 4;
  bytes prior_private = 5; ClientCapabilities client_capabilities = 7;
}
message PlanResponse {
  DynamicValue planned_state = 1; repeated AttributePath requires_replace = 2; bytes planned_private = 3;
  repeated Diagnostic diagnostics = 4; bool legacy_type_system = 5;
}
message ApplyRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue planned_state = 3; DynamicValue config = 4;
  bytes planned_private = 5;
}
message ApplyResponse {
  DynamicValue new_state = 1; bytes private = 2; repeated Diagnostic diagnostics = 3; bool legacy_type_system = 4;
}
message ImportRequest { string type_name = 1; string id = 2; }
message DataResponse { DynamicValue state = 1; repeated Diagnostic diagnostics = 2; }
`;

const root = parse(DEFINITION).root;

/** Severity of a diagnostic on the wire. */
export const SEVERITY = { error: 1, warning: 2 } as const;

/** Nesting modes of blocks on the wire. */
export const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;

/** One step into a value: an attribute's name, or the position in a list. */
export type PathStep = string | number;

/** A finding that Terraform prints: what is wrong, where, and how to put it right. */
export interface ProviderDiagnostic {
  readonly severity: keyof typeof SEVERITY;
  readonly summary: string;
  readonly detail: string;
  /** Where in the resource. */
  readonly path: readonly PathStep[];
}

/** A value as Terraform sends and wants it: one of the two encodings is filled. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** The message type of a name in the definition. */
export function messageType(name: string): Type {
  return root.lookupType(`tfplugin6.${name}`);
}

/** An attribute path as its message. */
export function pathMessage(path: readonly PathStep[]): object {
  return {
    steps: path.map((step) => (typeof step === 'number' ? { elementKeyInt: step } : { attributeName: step })),
  };
}

/** Diagnostics as their messages. */
export function diagnosticMessages(diagnostics: readonly ProviderDiagnostic[]): object[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: SEVERITY[severity],
    summary,
    detail,
    ...(path.length > 0 ? { attribute: pathMessage(path) } : {}),
  }));
}

/** Methods of the provider service: the message each receives and the one it answers. */
export const METHODS = {
  GetMetadata: ['Empty', 'Metadata'],
  GetProviderSchema: ['Empty', 'ProviderSchema'],
  GetResourceIdentitySchemas: ['Empty', 'DiagnosticsSecond'],
  GetFunctions: ['Empty', 'DiagnosticsSecond'],
  ValidateProviderConfig: ['ProviderConfigRequest', 'DiagnosticsSecond'],
  ValidateResourceConfig: ['ConfigRequest', 'Diagnostics'],
  ValidateDataResourceConfig: ['ConfigRequest', 'Diagnostics'],
  UpgradeResourceState: ['UpgradeRequest', 'UpgradeResponse'],
  ConfigureProvider: ['ConfigureRequest', 'Diagnostics'],
  ReadResource: ['ReadRequest', 'ReadResponse'],
  PlanResourceChange: ['PlanRequest', 'PlanResponse'],
  ApplyResourceChange: ['ApplyRequest', 'ApplyResponse'],
  ImportResourceState: ['ImportRequest', 'DiagnosticsSecond'],
  MoveResourceState: ['Empty', 'DiagnosticsSecond'],
  ReadDataSource: ['ConfigRequest', 'DataResponse'],
  StopProvider: ['Empty', 'Stopped'],
} as const;

/** Name of a method that the local provider answers; every other one is UNIMPLEMENTED. */
export type Method = keyof typeof METHODS;
