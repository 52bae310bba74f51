import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { alertEmail, operatorVariable } from "../../constructs/base/operator-variable";

/** Balancers that have a host name of their own, by its key in the variable `domain_names`. */
const BALANCERS = ["nova", "customer", "orion"] as const;

/** Host names by environment. They are personal to the owners, so they come from terraform.tfvars. */
const HOST_NAMES = `map(object({ ${BALANCERS.map((key) => `${key} = string`).join(", ")}, storefront = list(string) }))`;

const HOST_NAME = "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\\\.)+[a-z]{2,}$";

/** A public key in the form of an authorized_keys line. Without groups that capture: Terraform's regex() would give those. */
const SSH_PUBLIC_KEY = "^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]+={0,3}(?: .*)?$";

/** A token has forty characters or more, the global key 37. @see https://developers.cloudflare.com/fundamentals/api/get-started/create-token/ */
const API_TOKEN = "^[A-Za-z0-9_-]{40,}$";

/** A host name, and how documents write it: its value is known only to Terraform. */
export interface HostName {
  readonly name: string;
  readonly label: string;
}

/**
 * What an operator gives, in terraform.tfvars and in the environment. Terraform checks each value before it plans anything.
 *
 * When a validation fails, Terraform prints the value, and the line of the file that it stands in, also of a sensitive
 * variable. What may be a secret is therefore checked where it is used, by an expression whose error shows nothing of it.
 */
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
    const hosts = operatorVariable(this, "domain_names", {
      type: HOST_NAMES,
      description: `Host names by environment: those of the balancers ${BALANCERS.join(", ")}, and those whose certificates the storefront obtains itself.`,
      rules: [
        {
          condition: `alltrue([for host in flatten([for e in values(var.domain_names) : values(e)]) : can(regex("${HOST_NAME}", host))])`,
          error: "Every host name in domain_names must be in lower case and without a scheme or a path, such as shop.example.com.",
        },
        {
          condition: `contains(keys(var.domain_names), "${environment}")`,
          error: `The variable domain_names must have an entry for the environment ${environment}.`,
        },
      ],
    });
    const host = (key: string): HostName => ({
      name: Token.asString(Fn.lookupNested(hosts.value, [environment, key])),
      label: `domain_names.${environment}.${key}`,
    });
    this.hosts = Object.fromEntries(BALANCERS.map((key) => [key, host(key)])) as ZellyVariables["hosts"];
    this.storefrontHosts = Token.asList(Fn.lookupNested(hosts.value, [environment, "storefront"]));

    const sshKey = operatorVariable(this, "bastion_ssh_public_key", {
      type: "string",
      description: "Public half of the bastion's SSH key, as in ~/.ssh/id_ed25519.pub: one line, never a private key.",
      sensitive: true,
    });
    this.bastionSshPublicKey = Token.asString(Fn.nonsensitive(Fn.regex(SSH_PUBLIC_KEY, sshKey.stringValue)));
    this.alertEmail = alertEmail(this);
    this.cloudflareZoneId = operatorVariable(this, "cloudflare_zone_id", {
      type: "string",
      description: "Id of the Cloudflare zone that holds the host names, as its overview page shows it.",
      rules: [
        {
          condition: 'can(regex("^[0-9a-f]{32}$", var.cloudflare_zone_id))',
          error: "The variable cloudflare_zone_id must be the 32 hexadecimal digits of the zone's id, as its overview page shows them.",
        },
      ],
    }).stringValue;
    const token = operatorVariable(this, "cloudflare_api_token", {
      type: "string",
      description: "Cloudflare API token that may edit DNS in the zone, not the global key. Give it by TF_VAR_cloudflare_api_token.",
      sensitive: true,
    });
    // CDKTF 0.21 has no prop for Terraform 1.10's ephemeral variables.
    token.addOverride("ephemeral", true);
    this.cloudflareApiToken = Token.asString(Fn.regex(API_TOKEN, token.stringValue));
  }
}
