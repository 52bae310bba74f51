import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import { SystemStack, type SystemStackProps } from "../../constructs/base/system-stack";

const folder = mkdtempSync(join(tmpdir(), "synthesized-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An app that writes into a folder that goes when the tests end. */
export function scratchApp(): App {
  return new App({ outdir: folder });
}

/** Attributes of one resource as Terraform reads them, without CDKTF's metadata. */
export type Body = Readonly<Record<string, unknown>>;
type Section = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** What a stack came to: the JSON that Terraform reads, and the inventory. */
export class Synthesized {
  readonly json: Readonly<Record<string, unknown>>;
  readonly inventory: InventoryDocument;

  constructor(make: (app: App) => SystemStack) {
    const stack = make(scratchApp());
    stack.prepareStack();
    stack.runAllValidations();
    this.json = JSON.parse(JSON.stringify(stack.toTerraform(), (key, value) => (key === "//" ? undefined : value)));
    this.inventory = stack.inventory.toDocument();
  }

  /** Every resource of a type, by its Terraform name. */
  byName({ tfResourceType }: ResourceClass): Readonly<Record<string, Body>> {
    return this.section("resource")[tfResourceType] ?? {};
  }

  /** Every resource of a type. */
  all(type: ResourceClass): Body[] {
    return Object.values(this.byName(type));
  }

  /** The one resource of a type. Fails when there are none, or two. */
  only(type: ResourceClass): Body {
    const found = this.all(type);
    const [first] = found;
    if (found.length !== 1 || first === undefined) throw new Error(`expected one ${type.tfResourceType}, found ${found.length}`);
    return first;
  }

  /** Terraform addresses of some types, sorted. */
  addresses(...types: ResourceClass[]): string[] {
    return types.flatMap((type) => Object.keys(this.byName(type)).map((name) => `${type.tfResourceType}.${name}`)).sort();
  }

  /** Edges of the inventory as lines: `from -> to protocol/port: because`. */
  edges(): string[] {
    return this.inventory.facts.flatMap((fact) =>
      fact.kind === "edge" ? [`${fact.from} -> ${fact.to} ${fact.protocol}/${fact.port}: ${fact.because}`] : [],
    );
  }

  private section(name: string): Section {
    return (this.json[name] ?? {}) as Section;
  }
}

interface ResourceClass {
  readonly tfResourceType: string;
}

/** A stack for tests of one construct: system `shop`, environment `test`, in eu-west-1. */
export class TestStack extends SystemStack {
  constructor(app: App, props: Partial<SystemStackProps> = {}) {
    super(app, "shop-test", {
      system: "shop",
      environment: "test",
      accountId: "111111111111",
      region: "eu-west-1",
      backend: "s3",
      state: {
        bucket: "shop-state",
        key: "test/terraform.tfstate",
        region: "eu-west-1",
        lockTable: "shop-locks",
        organization: "example",
        project: "shop",
      },
      ...props,
    });
  }
}

/** Synthesizes a {@link TestStack} with whatever `fill` puts into it. */
export function synthesizeTestStack(fill: (stack: TestStack) => void, props: Partial<SystemStackProps> = {}): Synthesized {
  return new Synthesized((app) => {
    const stack = new TestStack(app, props);
    fill(stack);
    return stack;
  });
}
