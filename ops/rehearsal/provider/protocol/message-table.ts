/**
 * Messages of Terraform's provider protocol, version 6, as far as Terraform 1.11 sends them, and of the plugin library's own
 * services. Each field is its number, how often it stands, and its type. Names are ours: only numbers and types are on the wire.
 *
 * Small integers are `int32` here where the protocol says `int64`: their encodings agree below 2^31, and no value comes near.
 */
export const MESSAGES = {
  Empty: {},
  DynamicValue: { msgpack: "1 bytes", json: "2 bytes" },
  PathStep: { attribute: "1 string", key: "2 string", index: "3 int32" },
  AttributePath: { steps: "1 repeated PathStep" },
  Diagnostic: { severity: "1 int32", summary: "2 string", detail: "3 string", attribute: "4 AttributePath" },
  RawState: { json: "1 bytes" },
  Capabilities: { planDestroy: "1 bool", schemaOptional: "2 bool", moveState: "3 bool" },

  ObjectType: { attributes: "1 repeated Attribute", nesting: "3 int32" },
  Attribute: {
    name: "1 string",
    type: "2 bytes",
    nested: "10 ObjectType",
    required: "4 bool",
    optional: "5 bool",
    computed: "6 bool",
    sensitive: "7 bool",
    writeOnly: "11 bool",
  },
  NestedBlock: { typeName: "1 string", block: "2 Block", nesting: "3 int32", minItems: "4 int32", maxItems: "5 int32" },
  Block: { version: "1 int32", attributes: "2 repeated Attribute", blockTypes: "3 repeated NestedBlock" },
  Schema: { version: "1 int32", block: "2 Block" },

  TypeName: { typeName: "1 string" },
  Metadata: {
    capabilities: "1 Capabilities",
    diagnostics: "2 repeated Diagnostic",
    dataSources: "3 repeated TypeName",
    resources: "4 repeated TypeName",
    ephemerals: "6 repeated TypeName",
  },
  ProviderSchema: {
    provider: "1 Schema",
    resources: "2 map Schema",
    dataSources: "3 map Schema",
    diagnostics: "4 repeated Diagnostic",
    capabilities: "6 Capabilities",
    ephemerals: "8 map Schema",
  },
  Stopped: { error: "1 string" },

  ProviderConfig: { config: "1 DynamicValue" },
  ProviderConfigChecked: { diagnostics: "2 repeated Diagnostic" },
  Configuration: { terraformVersion: "1 string", config: "2 DynamicValue" },
  TypedConfig: { typeName: "1 string", config: "2 DynamicValue" },
  Checked: { diagnostics: "1 repeated Diagnostic" },

  StoredState: { typeName: "1 string", version: "2 int32", rawState: "3 RawState" },
  UpgradedState: { state: "1 DynamicValue", diagnostics: "2 repeated Diagnostic" },
  CurrentState: { typeName: "1 string", state: "2 DynamicValue", private: "3 bytes" },
  ReadState: { state: "1 DynamicValue", diagnostics: "2 repeated Diagnostic", private: "3 bytes" },
  Change: { typeName: "1 string", prior: "2 DynamicValue", proposed: "3 DynamicValue", config: "4 DynamicValue", private: "5 bytes" },
  PlannedChange: {
    planned: "1 DynamicValue",
    requiresReplace: "2 repeated AttributePath",
    private: "3 bytes",
    diagnostics: "4 repeated Diagnostic",
    legacyTypeSystem: "5 bool",
  },
  AppliedChange: { state: "1 DynamicValue", private: "2 bytes", diagnostics: "3 repeated Diagnostic", legacyTypeSystem: "4 bool" },
  ImportRequest: { typeName: "1 string", id: "2 string" },
  Imported: { diagnostics: "2 repeated Diagnostic" },
  MoveRequest: { sourceType: "2 string", targetType: "5 string" },
  Moved: { state: "1 DynamicValue", diagnostics: "2 repeated Diagnostic" },
  DataRead: { state: "1 DynamicValue", diagnostics: "2 repeated Diagnostic" },

  Opened: { diagnostics: "1 repeated Diagnostic", result: "3 DynamicValue", private: "4 bytes" },
  OpenHandle: { typeName: "1 string", private: "2 bytes" },
  Functions: { diagnostics: "2 repeated Diagnostic" },

  BrokerConnection: { serviceId: "1 int32", network: "2 string", address: "3 string" },
  StandardOutput: { channel: "1 int32", data: "2 bytes" },
  HealthCheck: { service: "1 string" },
  Health: { status: "1 int32" },
} as const satisfies Record<string, Record<string, string>>;

export type MessageName = keyof typeof MESSAGES;
