import type { MessageName } from "./message-table";

/** A value on the wire. */
export interface WireValue {
  readonly msgpack: Uint8Array;
}

export interface WirePath {
  readonly steps: readonly ({ readonly attribute: string } | { readonly key: string } | { readonly index: number })[];
}

export const SEVERITY = { error: 1, warning: 2 } as const;

export interface WireDiagnostic {
  readonly severity: (typeof SEVERITY)[keyof typeof SEVERITY];
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: WirePath;
}

export const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;
export type NestingNumber = (typeof NESTING)[keyof typeof NESTING];

export interface WireAttribute {
  readonly name: string;
  /** The type's JSON form, in UTF-8; absent for a nested attribute. */
  readonly type?: Uint8Array;
  readonly nested?: { readonly attributes: readonly WireAttribute[]; readonly nesting: NestingNumber };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
}

export interface WireBlock {
  readonly attributes: readonly WireAttribute[];
  readonly blockTypes: readonly {
    readonly typeName: string;
    readonly block: WireBlock;
    readonly nesting: NestingNumber;
    readonly minItems?: number;
    readonly maxItems?: number;
  }[];
}

export interface WireSchema {
  readonly version: number;
  readonly block: WireBlock;
}

interface Diagnosed {
  readonly diagnostics: readonly WireDiagnostic[];
}

export interface TypedConfig {
  readonly typeName: string;
  readonly config: WireValue | null;
}

export interface Change extends TypedConfig {
  readonly prior: WireValue | null;
  /** What Terraform proposes; on apply, what was planned. */
  readonly proposed: WireValue | null;
}

interface Capabilities {
  readonly schemaOptional: boolean;
}

export interface ProviderSchemaMessage extends Diagnosed {
  readonly provider: WireSchema;
  readonly resources: Readonly<Record<string, WireSchema>>;
  readonly dataSources: Readonly<Record<string, WireSchema>>;
  readonly ephemerals: Readonly<Record<string, WireSchema>>;
  readonly capabilities: Capabilities;
}

interface NamedType {
  readonly typeName: string;
}

type Empty = Record<string, never>;

/** Every call that Terraform 1.11 makes to a provider: what it sends and what it gets. */
export interface Rpc {
  GetMetadata: [
    Empty,
    Diagnosed & { capabilities: Capabilities; dataSources: NamedType[]; resources: NamedType[]; ephemerals: NamedType[] },
  ];
  GetProviderSchema: [Empty, ProviderSchemaMessage];
  ValidateProviderConfig: [{ readonly config: WireValue | null }, Diagnosed];
  ConfigureProvider: [{ readonly terraformVersion: string; readonly config: WireValue | null }, Diagnosed];
  StopProvider: [Empty, { readonly error: string }];
  ValidateResourceConfig: [TypedConfig, Diagnosed];
  ValidateDataResourceConfig: [TypedConfig, Diagnosed];
  ValidateEphemeralResourceConfig: [TypedConfig, Diagnosed];
  UpgradeResourceState: [
    { readonly typeName: string; readonly rawState: { readonly json: Uint8Array } | null },
    Diagnosed & { state?: WireValue },
  ];
  ReadResource: [{ readonly typeName: string; readonly state: WireValue | null }, Diagnosed & { state: WireValue | null }];
  PlanResourceChange: [Change, Diagnosed & { planned?: WireValue; requiresReplace: readonly WirePath[]; legacyTypeSystem: boolean }];
  ApplyResourceChange: [Change, Diagnosed & { state: WireValue | null; legacyTypeSystem: boolean }];
  ImportResourceState: [{ readonly typeName: string; readonly id: string }, Diagnosed];
  MoveResourceState: [{ readonly sourceType: string; readonly targetType: string }, Diagnosed];
  ReadDataSource: [TypedConfig, Diagnosed & { state?: WireValue }];
  OpenEphemeralResource: [TypedConfig, Diagnosed & { result?: WireValue }];
  RenewEphemeralResource: [NamedType, Diagnosed];
  CloseEphemeralResource: [NamedType, Diagnosed];
  GetFunctions: [Empty, Diagnosed];
}

/** The message of each call, and of its answer. */
export const RPC_MESSAGES: { readonly [Method in keyof Rpc]: readonly [request: MessageName, response: MessageName] } = {
  GetMetadata: ["Empty", "Metadata"],
  GetProviderSchema: ["Empty", "ProviderSchema"],
  ValidateProviderConfig: ["ProviderConfig", "ProviderConfigChecked"],
  ConfigureProvider: ["Configuration", "Checked"],
  StopProvider: ["Empty", "Stopped"],
  ValidateResourceConfig: ["TypedConfig", "Checked"],
  ValidateDataResourceConfig: ["TypedConfig", "Checked"],
  ValidateEphemeralResourceConfig: ["TypedConfig", "Checked"],
  UpgradeResourceState: ["StoredState", "UpgradedState"],
  ReadResource: ["CurrentState", "ReadState"],
  PlanResourceChange: ["Change", "PlannedChange"],
  ApplyResourceChange: ["Change", "AppliedChange"],
  ImportResourceState: ["ImportRequest", "Imported"],
  MoveResourceState: ["MoveRequest", "Moved"],
  ReadDataSource: ["TypedConfig", "DataRead"],
  OpenEphemeralResource: ["TypedConfig", "Opened"],
  RenewEphemeralResource: ["OpenHandle", "Checked"],
  CloseEphemeralResource: ["OpenHandle", "Checked"],
  GetFunctions: ["Empty", "Functions"],
};
