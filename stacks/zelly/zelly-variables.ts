import { Fn, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";

/** Balancers that have a host name of their own, by its key in the variable `domain_names`. */
const BALANCERS = ["nova", "customer", "orion"] as const;

/** Host names by environment. They are personal to the owners, so they come from terraform.tfvars. */
const HOST_NAMES = `map(object({ ${BALANCERS.map((key) => `${key} = string`).join(", ")}, storefront = list(string) }))`;

/** A public key in the form of an authorized_keys line. */
const SSH_PUBLIC_KEY = "^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+={0,3}( .*)?$";
const HOST_NAME = "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\\\.)+[a-z]{2,}$";

/** A host name, and how documents write it: its value is known only to Terraform. */
export interface HostName {
  readonly name: string;
  readonly label: string;
}

/** What an operator gives in terraform.tfvars. Terraform checks each value before it plans anything. */
export class ZellyVariables extends Construct {
  readonly hosts: Readonly<Record<(typeof BALANCERS)[number], HostName>>;
  /** A list that Terraform knows; its members cannot be taken apart here. */
  readonly storefrontHosts: string[];
  readonly bastionSshPublicKey: string;
  readonly alertEmail: string;
  readonly cloudflareZoneId: string;
  /** Ephemeral: it is in no plan and in no state. */
  readonly cloudflareApiToken: string;

  constructor(scope: Construct, id: string, environment: string) {
    super(scope, id);
    const hosts = this.variable("domain_names", {
      type: HOST_NAMES,
      description: `Host names by environment: those of the balancers ${BALANCERS.join(", ")}, and those whose certificates the storefront obtains itself.`,
      condition: `alltrue([for host in flatten([for e in values(var.domain_names) : values(e)]) : can(regex("${HOST_NAME}", host))]) && contains(keys(var.domain_names), "${environment}")`,
      error: `Give lower-case host names, and an entry for the environment ${environment}.`,
    });
    const host = (key: string): HostName => ({
      name: Token.asString(Fn.lookupNested(hosts.value, [environment, key])),
      label: `domain_names.${environment}.${key}`,
    });
    this.hosts = Object.fromEntries(BALANCERS.map((key) => [key, host(key)])) as ZellyVariables["hosts"];
    this.storefrontHosts = Token.asList(Fn.lookupNested(hosts.value, [environment, "storefront"]));

    this.bastionSshPublicKey = this.variable("bastion_ssh_public_key", {
      type: "string",
      description: "Public half of the bastion's SSH key, as in ~/.ssh/id_ed25519.pub.",
      condition: `can(regex("${SSH_PUBLIC_KEY}", var.bastion_ssh_public_key))`,
      error: "Give one line that starts with ssh-ed25519, ssh-rsa or ecdsa-sha2-nistp256, never a private key.",
    }).stringValue;
    this.alertEmail = this.variable("alert_email", {
      type: "string",
      description: "Address that gets every alarm.",
      condition: 'can(regex("^[^@[:space:]]+@[^@[:space:]]+\\\\.[a-z]{2,}$", var.alert_email))',
      error: "Give an e-mail address.",
    }).stringValue;
    this.cloudflareZoneId = this.variable("cloudflare_zone_id", {
      type: "string",
      description: "Id of the Cloudflare zone that holds the host names, as its overview page shows it.",
      condition: 'can(regex("^[0-9a-f]{32}$", var.cloudflare_zone_id))',
      error: "Give the 32 hexadecimal digits of the zone's id.",
    }).stringValue;
    const token = this.variable("cloudflare_api_token", {
      type: "string",
      description: "Cloudflare API token that may edit DNS in the zone.",
      condition: 'can(regex("^[A-Za-z0-9_-]{40,}$", var.cloudflare_api_token))',
      error: "Give an API token, not the global key.",
      sensitive: true,
    });
    // CDKTF 0.21 has no prop for Terraform 1.10's ephemeral variables.
    token.addOverride("ephemeral", true);
    this.cloudflareApiToken = token.stringValue;
  }

  private variable(
    name: string,
    props: { type: string; description: string; condition: string; error: string; sensitive?: boolean },
  ): TerraformVariable {
    const { type, description, condition, error, sensitive } = props;
    const variable = new TerraformVariable(this, name, {
      type,
      description,
      sensitive,
      nullable: false,
      validation: [{ condition: `\${${condition}}`, errorMessage: error }],
    });
    // Operators know the variable by this name, wherever it stands in the tree.
    variable.overrideLogicalId(name);
    return variable;
  }
}
