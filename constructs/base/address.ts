import { TerraformDataSource, TerraformElement, TerraformOutput, TerraformProvider, TerraformResource, TerraformVariable } from "cdktf";
import type { Node } from "constructs";
import { spokenIds } from "./construct-path";
import { EphemeralResource } from "./ephemeral-resource";

/** A construct id as HCL's authors would write it: `FastifyNova` becomes `fastify_nova`, `HTTPSListener` `https_listener`. */
export function snakeCase(id: string): string {
  return id
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}

/** Words as one construct id: `us-east-1` becomes `UsEast1`, `orders.paid` `OrdersPaid`. What is no letter or digit parts words. */
export function pascalCase(words: string): string {
  return words
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/**
 * The Terraform name of an element, from the ids between its stack and itself. Readable, and the same on every machine.
 * It has no hash: two elements that come to one address are found by {@link AddressBook}.
 */
export function logicalName(ids: readonly string[]): string {
  const name = spokenIds(ids).map(snakeCase).join("_");
  return /^[a-z_]/.test(name) ? name : `_${name}`;
}

/** What stands before the name in an address: `aws_ecs_service`, `data.aws_ami`, `var`, `output`. */
function addressSpace(element: TerraformElement): string {
  if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}`;
  if (TerraformOutput.isTerraformOutput(element)) return "output";
  if (element instanceof TerraformVariable) return "var";
  if (TerraformProvider.isTerraformProvider(element)) return `provider.${element.terraformResourceType}`;
  if (element instanceof EphemeralResource) return `ephemeral.${element.type}`;
  return element.constructor.name;
}

/** The addresses of one stack. An address belongs to one construct; CDKTF itself would let one of two vanish without a word. */
export class AddressBook {
  private readonly owners = new Map<string, string>();

  /**
   * Allocates the name of an element and remembers who has it.
   *
   * @param ids construct ids from below the stack down to the element.
   * @throws when another construct has the address already; the message names both.
   */
  allocate(element: TerraformElement | Node, ids: readonly string[]): string {
    const name = logicalName(ids);
    if (TerraformElement.isTerraformElement(element)) this.claim(element, name);
    return name;
  }

  /**
   * Remembers who has an address, also one that was given by hand.
   *
   * @throws as {@link allocate} does.
   */
  claim(element: TerraformElement, name: string): void {
    const address = `${addressSpace(element)}.${name}`;
    const path = element.node.path;
    const owner = this.owners.get(address);
    if (owner !== undefined && owner !== path) {
      throw new Error(`${path}: its Terraform address ${address} belongs to ${owner} already; give one of the two another id`);
    }
    this.owners.set(address, path);
  }
}
