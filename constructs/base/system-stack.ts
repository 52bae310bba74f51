import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { AddressBook, pascalCase } from "./address";
import { attachBackend, type BackendKind, type StateLocation } from "./backend";
import { Inventory } from "./inventory";
import { mergeInto } from "./merge-into";
import { resolveTokens } from "./resolve-tokens";

/** Terraform releases that deploy a root: the pinned 1.11 line, from the release that has write-only arguments on. */
const REQUIRED_TERRAFORM = ">= 1.11.4, < 1.12.0";

export interface SystemStackProps {
  /** System, in its owners' spelling, for example `zelly`. */
  readonly system: string;
  /** Environment, for example `staging`. */
  readonly environment: string;
  /** Twelve-digit AWS account id. The provider refuses any other account. */
  readonly accountId: string;
  readonly region: string;
  readonly state: StateLocation;
  readonly backend: BackendKind;
  /** Start of physical names, in the system's own convention. @default `<system>-<environment>` */
  readonly namePrefix?: string;
}

/**
 * One system in one environment: one state, one set of tags, one inventory.
 *
 * Addresses are readable and unique: two constructs that come to one address are an error that names both.
 */
export abstract class SystemStack extends TerraformStack {
  readonly system: string;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly namePrefix: string;
  readonly state: StateLocation;
  readonly inventory: Inventory;
  private readonly addresses = new AddressBook();
  private written: object | undefined;

  constructor(scope: Construct, id: string, props: SystemStackProps) {
    super(scope, id);
    const { system, environment, accountId, region, state, backend, namePrefix = `${system}-${environment}` } = props;
    this.system = system;
    this.environment = environment;
    this.accountId = accountId;
    this.region = region;
    this.namePrefix = namePrefix;
    this.state = state;
    this.inventory = new Inventory({ root: id, system, environment, accountId, region, namePrefix });
    new AwsProvider(this, "Aws", { region, allowedAccountIds: [accountId], defaultTags: [{ tags: this.defaultTags() }] });
    attachBackend(this, backend, state);
    this.addOverride("terraform.required_version", REQUIRED_TERRAFORM);
  }

  /**
   * The stack that a construct stands in.
   *
   * @throws when it stands in another kind of stack.
   */
  static override of(construct: IConstruct): SystemStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof SystemStack)) throw new Error(`${construct.node.path}: must stand in a SystemStack`);
    return stack;
  }

  /**
   * The AWS provider for what must stand in a region wherever the root stands, with the same account and tags: one per
   * region. It is another one than the root's even in the root's region, so that a move of the root moves nothing of it.
   */
  providerFor(region: string): AwsProvider {
    const id = `Aws${pascalCase(region)}`;
    const existing = this.node.tryFindChild(id);
    if (existing instanceof AwsProvider) return existing;
    return new AwsProvider(this, id, {
      alias: region,
      region,
      allowedAccountIds: [this.accountId],
      defaultTags: [{ tags: this.defaultTags() }],
    });
  }

  /** What `terraform output` tells whoever looks after the root. Never a secret. */
  protected output(id: string, value: unknown, description: string): void {
    new TerraformOutput(this, id, { value, description });
  }

  /** CDKTF resolves every element here once more than needed, to find references between stacks; {@link toTerraform} does both at once. */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  /**
   * The root as Terraform JSON. The same text as CDKTF's own, for a third of the work: each element is resolved once, and only
   * where it holds a token.
   *
   * @throws when an element refers to another root.
   */
  override toTerraform(): object {
    this.written ??= this.write();
    return this.written;
  }

  private write(): object {
    const fragments: object[] = [];
    for (const element of this.node.findAll()) {
      if (!TerraformElement.isTerraformElement(element) || TerraformStack.isStack(element)) continue;
      // An id that was given by hand never passed the book.
      this.addresses.claim(element, element.friendlyUniqueId);
      fragments.push(resolveTokens(element.toTerraform(), this) as object);
      // CDKTF adds what stands around the elements, which is all that is asked of it.
      element.toTerraform = () => ({});
    }
    const { "//": about, ...overrides } = super.toTerraform() as Record<string, unknown>;
    const written: Record<string, unknown> = { "//": about };
    for (const fragment of fragments) mergeInto(written, fragment);
    mergeInto(written, overrides);
    return written;
  }

  /** Roots are deployed apart, in any order: what one needs of another it reads by name. */
  override registerIncomingCrossStackReference(fromStack: TerraformStack): never {
    throw new Error(`${this.node.id}: must not refer to a resource of ${fromStack.node.id}; read it by its name instead`);
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const scopes = ("node" in element ? element.node : element).scopes;
    return this.addresses.allocate(
      element,
      scopes.slice(scopes.indexOf(this) + 1).map((scope) => scope.node.id),
    );
  }

  /** Values known before apply only: a computed one makes every plan inconsistent. */
  private defaultTags(): Record<string, string> {
    return { System: this.system, Environment: this.environment, Root: this.node.id, ManagedBy: "cdktf" };
  }
}
