import { configurationFaults } from "./checks/configuration-check";
import { DataQuery } from "./data-sources/data-source";
import { answer, dataSourceOf } from "./data-sources/data-sources";
import { ephemeralOf } from "./ephemeral/ephemerals";
import { type Fault, FaultError, toDiagnostic } from "./protocol/fault";
import type { RpcHandlers } from "./protocol/grpc-services";
import type { Change, ProviderSchemaMessage, TypedConfig, WireDiagnostic, WireSchema, WireValue } from "./protocol/rpc";
import type { ValueMap } from "./protocol/value";
import { decodeObject, decodeState, encodeValue } from "./protocol/value-codec";
import { type ProviderSettings, placeWithin, settingsOf } from "./provider-settings";
import { ResourceService } from "./resource-service";
import type { SchemaCatalog, TypeSchema } from "./schema/schema-catalog";
import { toWireSchema } from "./schema/wire-schema";
import type { World } from "./world/world";

const CAPABILITIES = { schemaOptional: true } as const;

interface Diagnosed {
  readonly diagnostics: WireDiagnostic[];
}

function diagnosed(...faults: readonly Fault[]): Diagnosed {
  return { diagnostics: faults.map(toDiagnostic) };
}

/** Runs a query; a fault that it throws is its answer. */
function attempt<T extends object>(query: () => T): (T & Diagnosed) | Diagnosed {
  try {
    return { ...query(), diagnostics: [] };
  } catch (error) {
    if (error instanceof FaultError) return diagnosed(error.fault);
    throw error;
  }
}

function typeNames(types: ReadonlyMap<string, TypeSchema>): { typeName: string }[] {
  return [...types.keys()].map((typeName) => ({ typeName }));
}

function wireSchemas(types: ReadonlyMap<string, TypeSchema>): Record<string, WireSchema> {
  return Object.fromEntries([...types].map(([name, { block }]) => [name, toWireSchema(block)]));
}

/** One provider of one root: answers what Terraform asks. */
export class ProviderRpc {
  private readonly resources: ResourceService;
  private readonly settings = new Map<string, ProviderSettings>();
  private schemaMessage: ProviderSchemaMessage | undefined;

  /**
   * @param root whose resources these are.
   * @param account stands in where a provider configuration pins none.
   */
  constructor(
    private readonly catalog: SchemaCatalog,
    private readonly world: World,
    root: string,
    private readonly account: string,
  ) {
    this.resources = new ResourceService(world, root);
  }

  handlers(): RpcHandlers {
    const { catalog } = this;
    return {
      GetMetadata: () => ({
        capabilities: CAPABILITIES,
        diagnostics: [],
        resources: typeNames(catalog.resources),
        dataSources: typeNames(catalog.dataSources),
        ephemerals: typeNames(catalog.ephemerals),
      }),
      GetProviderSchema: () => {
        this.schemaMessage ??= this.providerSchema();
        return this.schemaMessage;
      },
      ValidateProviderConfig: ({ config }) =>
        diagnosed(...configurationFaults(catalog.provider, this.read(catalog.provider, config), this.world.report)),
      ConfigureProvider: ({ config }, peer) => this.configure(this.read(catalog.provider, config), peer),
      StopProvider: () => ({ error: "" }),
      ValidateResourceConfig: (request) =>
        this.withType(catalog.resources, request, (schema, config) => diagnosed(...this.resources.check(schema, config))),
      ValidateDataResourceConfig: (request) =>
        this.withType(catalog.dataSources, request, (schema, config) => this.checkDataSource(schema, request.typeName, config)),
      ValidateEphemeralResourceConfig: (request) =>
        this.withType(catalog.ephemerals, request, (schema, config) => this.checkEphemeral(schema, request.typeName, config)),
      UpgradeResourceState: ({ typeName, rawState }) => {
        const { type } = this.schema(catalog.resources, typeName);
        return { state: encodeValue(decodeState(rawState?.json ?? Buffer.from("null"), type), type), diagnostics: [] };
      },
      ReadResource: ({ typeName, state }, peer) => {
        const schema = this.schema(catalog.resources, typeName);
        const current = decodeObject(state, schema.type);
        return {
          state: encodeValue(current === null ? null : this.resources.read(schema, current, this.configured(peer)), schema.type),
          diagnostics: [],
        };
      },
      PlanResourceChange: (request, peer) => this.plan(request, peer),
      ApplyResourceChange: (request, peer) => this.apply(request, peer),
      ImportResourceState: ({ typeName, id }) =>
        diagnosed({
          summary: "Cannot import in a rehearsal",
          detail: `${typeName}: nothing exists that could be imported, got the id "${id}"; remove the import block to rehearse`,
        }),
      MoveResourceState: ({ sourceType, targetType }) =>
        diagnosed({
          summary: "Cannot move between types in a rehearsal",
          detail: `${targetType}: cannot take over the state of another type, got ${sourceType}; remove the moved block to rehearse`,
        }),
      ReadDataSource: (request, peer) => this.readDataSource(request, peer),
      OpenEphemeralResource: (request) => this.openEphemeral(request),
      RenewEphemeralResource: () => diagnosed(),
      CloseEphemeralResource: () => diagnosed(),
      GetFunctions: () => diagnosed(),
    };
  }

  private schema(types: ReadonlyMap<string, TypeSchema>, name: string): TypeSchema {
    const schema = types.get(name);
    if (schema === undefined) throw new Error(`${name}: is not among the types that this rehearsal serves`);
    return schema;
  }

  private read({ name, type }: TypeSchema, wire: WireValue | null): ValueMap {
    const value = decodeObject(wire, type);
    if (value === null) throw new Error(`${name}: Terraform sent no configuration`);
    return value;
  }

  private withType<T>(
    types: ReadonlyMap<string, TypeSchema>,
    { typeName, config }: TypedConfig,
    use: (schema: TypeSchema, config: ValueMap) => T,
  ): T {
    const schema = this.schema(types, typeName);
    return use(schema, this.read(schema, config));
  }

  private providerSchema(): ProviderSchemaMessage {
    const { catalog } = this;
    return {
      provider: toWireSchema(catalog.provider.block),
      resources: wireSchemas(catalog.resources),
      dataSources: wireSchemas(catalog.dataSources),
      ephemerals: wireSchemas(catalog.ephemerals),
      capabilities: CAPABILITIES,
      diagnostics: [],
    };
  }

  private configure(config: ValueMap, peer: string): Diagnosed {
    if (this.catalog.provider.block.attributes.has("region") && config["region"] === null) {
      return diagnosed({
        summary: "Missing region",
        detail: `provider ${this.catalog.provider.name}: region must be set, got none; a rehearsal reads no environment and no shared configuration`,
      });
    }
    this.settings.set(peer, settingsOf(config, this.account));
    return diagnosed();
  }

  private configured(peer: string): ProviderSettings {
    const settings = this.settings.get(peer);
    if (settings === undefined) throw new Error(`provider ${this.catalog.provider.name}: was used before it was configured`);
    return settings;
  }

  private plan(request: Change, peer: string) {
    const schema = this.schema(this.catalog.resources, request.typeName);
    const prior = decodeObject(request.prior, schema.type) ?? undefined;
    const { planned, replaces, faults } = this.resources.plan(
      schema,
      { config: this.read(schema, request.config), prior },
      this.configured(peer),
    );
    return {
      planned: encodeValue(planned, schema.type),
      requiresReplace: replaces.map((path) => path.toWire()),
      legacyTypeSystem: true,
      ...diagnosed(...faults),
    };
  }

  private apply(request: Change, peer: string) {
    const schema = this.schema(this.catalog.resources, request.typeName);
    const settings = this.configured(peer);
    const prior = decodeObject(request.prior, schema.type) ?? undefined;
    const planned = decodeObject(request.proposed, schema.type);
    if (planned === null) {
      if (prior !== undefined) this.resources.destroy(schema, prior, settings);
      return { state: encodeValue(null, schema.type), legacyTypeSystem: true, ...diagnosed() };
    }
    const { state, faults } = this.resources.apply(schema, { config: this.read(schema, request.config), prior, planned }, settings);
    return { state: encodeValue(state, schema.type), legacyTypeSystem: true, ...diagnosed(...faults) };
  }

  private checkDataSource(schema: TypeSchema, type: string, config: ValueMap): Diagnosed {
    if (dataSourceOf(type) !== undefined) return diagnosed(...configurationFaults(schema, config, this.world.report));
    this.world.report.unsupportedDataSource(type);
    return diagnosed({
      summary: "Data source not rehearsed",
      detail: `${type}: the rehearsal cannot answer this data source; add it to its data sources, or read the value in another way`,
    });
  }

  private readDataSource({ typeName, config: wire }: TypedConfig, peer: string) {
    const schema = this.schema(this.catalog.dataSources, typeName);
    const source = dataSourceOf(typeName);
    if (source === undefined) throw new Error(`${typeName}: the rehearsal cannot answer this data source`);
    const config = this.read(schema, wire);
    const query = new DataQuery(typeName, config, placeWithin(this.configured(peer), config), this.world, this.world.report);
    return attempt(() => ({ state: encodeValue(answer(source, query, schema.type), schema.type) }));
  }

  private checkEphemeral(schema: TypeSchema, type: string, config: ValueMap): Diagnosed {
    if (ephemeralOf(type) !== undefined) return diagnosed(...configurationFaults(schema, config, this.world.report));
    this.world.report.unsupportedEphemeral(type);
    return diagnosed({
      summary: "Ephemeral resource not rehearsed",
      detail: `${type}: the rehearsal cannot open this ephemeral resource; add it to its ephemeral resources, or read the value in another way`,
    });
  }

  private openEphemeral({ typeName, config: wire }: TypedConfig) {
    const schema = this.schema(this.catalog.ephemerals, typeName);
    const source = ephemeralOf(typeName);
    if (source === undefined) throw new Error(`${typeName}: the rehearsal cannot open this ephemeral resource`);
    const config = this.read(schema, wire);
    return attempt(() => ({ result: encodeValue({ ...config, ...source(config, this.world) }, schema.type) }));
  }
}
