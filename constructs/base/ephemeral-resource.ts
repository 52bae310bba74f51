import { ref, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";

/**
 * A Terraform ephemeral resource: it lives while Terraform runs, and neither the plan nor the state keeps its values.
 * They may stand in write-only arguments, in provider configuration and in other ephemeral resources, and nowhere else.
 *
 * CDKTF 0.21 has no class for it, and the bindings have none of the resources.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/ephemeral
 */
export class EphemeralResource extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    readonly type: string,
    private readonly attributes: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, `ephemeral.${type}`);
  }

  /** A reference to one attribute. */
  get(attribute: string): string {
    return Token.asString(ref(`ephemeral.${this.type}.${this.friendlyUniqueId}.${attribute}`, this.cdktfStack));
  }

  override toTerraform(): object {
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: this.attributes } } };
  }
}
