import { factsOf, type TypeFacts } from "../../facts/facts";
import type { ReportBuilder } from "../provider-report";
import type { Declared } from "../terraform-json";
import type { UsedProvider, UsedType } from "../used-types";
import { type BindingPackage, readBinding } from "./binding-files";
import { BindingParser } from "./binding-parser";
import { ephemeralSchema } from "./ephemeral-schema";
import { FactsOverlay, type OverlayNotes } from "./facts-overlay";
import { type AttributeType, type Block, EMPTY_BLOCK, typeOfBlock } from "./schema";

/** One type that the provider serves. */
export interface TypeSchema {
  readonly name: string;
  readonly block: Block;
  /** Type of its values. */
  readonly type: AttributeType;
  /** Undefined when the facts table lacks the type. */
  readonly facts: TypeFacts | undefined;
}

const NO_NOTES: OverlayNotes = { inferred: () => {}, unmatched: () => {}, guessed: () => {} };

/** Module of a type in its binding: `aws_ecs_service` is `ecs-service`, the data source `data-aws-ecs-service`. */
function moduleOf(provider: string, type: string, kind: Declared["kind"]): string {
  const name = type.slice(provider.length + 1).replaceAll("_", "-");
  return kind === "data" ? `data-${provider}-${name}` : name;
}

/** The schemas of one provider: only those of types in use, each made when the host starts. */
export class SchemaCatalog {
  readonly provider: TypeSchema;
  readonly resources: ReadonlyMap<string, TypeSchema>;
  readonly dataSources: ReadonlyMap<string, TypeSchema>;
  readonly ephemerals: ReadonlyMap<string, TypeSchema>;

  /** @param report told of every gap in facts and bindings. */
  constructor(
    private readonly binding: BindingPackage,
    used: UsedProvider,
    private readonly report: ReportBuilder,
  ) {
    this.provider = this.schema(binding.name, this.parse("provider") ?? EMPTY_BLOCK, undefined);
    this.resources = this.collect(used.resources, (type, use) => this.resource(type, use));
    this.dataSources = this.collect(used.dataSources, (type, use) => this.dataSource(type, use));
    this.ephemerals = this.collect(used.ephemerals, (type) => this.ephemeral(type));
  }

  private collect(
    used: ReadonlyMap<string, UsedType>,
    make: (type: string, use: UsedType) => TypeSchema | undefined,
  ): ReadonlyMap<string, TypeSchema> {
    const found = new Map<string, TypeSchema>();
    for (const [type, use] of used) {
      const schema = make(type, use);
      // Terraform itself says, with the address, that a provider has no such type.
      if (schema !== undefined) found.set(type, schema);
    }
    return found;
  }

  private parse(module: string): Block | undefined {
    const code = readBinding(this.binding, module);
    return code === undefined ? undefined : new BindingParser(code).parse();
  }

  private schema(name: string, block: Block, facts: TypeFacts | undefined): TypeSchema {
    return { name, block, type: typeOfBlock(block), facts };
  }

  private resource(type: string, use: UsedType): TypeSchema | undefined {
    const block = this.parse(moduleOf(this.binding.name, type, "resource"));
    if (block === undefined) return undefined;
    const facts = factsOf(this.binding.source)?.types[type];
    if (facts === undefined) this.report.typeWithoutFacts(type);
    const overlay = new FactsOverlay(
      facts,
      { bodies: use.declared.map(({ body }) => body), reads: use.reads },
      this.report.overlayNotes(type),
    );
    return this.schema(type, overlay.apply(block), facts);
  }

  /** Every argument of a data source that is left out may come back filled. */
  private dataSource(type: string, use: UsedType): TypeSchema | undefined {
    const block = this.parse(moduleOf(this.binding.name, type, "data"));
    if (block === undefined) return undefined;
    const bodies = use.declared.map(({ body }) => body);
    const facts = factsOf(this.binding.source)?.dataSources[type];
    const overlay = new FactsOverlay(facts ?? { source: "", attributes: {} }, { bodies, reads: use.reads }, NO_NOTES);
    const { attributes: overlaid, blocks } = overlay.apply(block);
    const attributes = new Map([...overlaid].map(([name, attribute]) => [name, { ...attribute, computed: !attribute.required }] as const));
    return this.schema(`data.${type}`, { attributes, blocks }, facts);
  }

  private ephemeral(type: string): TypeSchema | undefined {
    const facts = factsOf(this.binding.source)?.ephemerals[type];
    const block = facts === undefined ? undefined : ephemeralSchema(facts);
    if (block === undefined) this.report.unsupportedEphemeral(type);
    return block === undefined ? undefined : this.schema(`ephemeral.${type}`, block, undefined);
  }
}
