import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import type { TerraformJson } from "../../../ops/rehearsal/provider/terraform-json";
import { ZellyVariables } from "../../../stacks/zelly/zelly-variables";
import { Synthesized, TestStack } from "../../support/synthesized";

/** A root that has Zelly's variables, and what Zelly does with those that may be secrets. */
export function variablesInUse(): TerraformJson {
  return new Synthesized((app) => {
    const stack = new TestStack(app);
    const { bastionSshPublicKey, cloudflareApiToken, cloudflareZoneId } = new ZellyVariables(stack, "Variables", "staging");
    new KeyPair(stack, "BastionKey", { keyNamePrefix: "bastion-", publicKey: bastionSshPublicKey });
    new CloudflareProvider(stack, "Cloudflare", { apiToken: cloudflareApiToken });
    new DnsRecord(stack, "Name", { zoneId: cloudflareZoneId, name: "www", type: "CNAME", content: "shop.example.com", ttl: 1 });
    return stack;
  }).json as TerraformJson;
}
