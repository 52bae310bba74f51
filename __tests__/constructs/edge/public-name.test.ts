import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformVariable } from "cdktf";
import { CloudflareZone } from "../../../constructs/edge/cloudflare-zone";
import { PublicName, type PublicNameProps } from "../../../constructs/edge/public-name";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { CLOUDFLARE } from "../parts";

function synthName(props: (stack: TestStack) => Partial<PublicNameProps> = () => ({})): Synthesized {
  return synthesizeTestStack((stack) => {
    new CloudflareProvider(stack, "Cloudflare", { apiToken: "none" });
    const target = { name: "shop", dnsName: "balancer.example.net", hostedZoneId: "balancers" };
    const fixed = { zone: CLOUDFLARE, names: "shop.example.com", target, why: "the shop" };
    new PublicName(stack, "Name", { ...fixed, ...props(stack) });
  });
}

describe("PublicName", () => {
  test("stands for another host name, remembered for five minutes", () => {
    expect(synthName().byName(DnsRecord)).toEqual({
      name: {
        zone_id: "zone",
        type: "CNAME",
        name: "shop.example.com",
        content: "balancer.example.net",
        ttl: 300,
        proxied: false,
        comment: "the shop",
      },
    });
  });

  test("leaves the time to Cloudflare when Cloudflare stands in between", () => {
    expect(synthName(() => ({ zone: new CloudflareZone({ id: "zone", proxied: true }) })).only(DnsRecord)).toMatchObject({
      ttl: 1,
      proxied: true,
    });
  });

  test("is one record for each of several names, keyed by the name", () => {
    expect(synthName(() => ({ names: { each: ["a.example.com", "b.example.com"] } })).only(DnsRecord)).toMatchObject({
      for_each: expect.stringContaining('toset(["a.example.com", "b.example.com"])'),
      name: "${each.value}",
    });
  });

  test("takes a list that only Terraform knows", () => {
    const record = synthName((stack) => ({
      names: { each: new TerraformVariable(stack, "Hosts", { type: "list(string)" }).listValue },
    })).only(DnsRecord);
    expect(record["for_each"]).toMatch(/^\$\{.*toset\(var\.hosts\).*\}$/);
  });
});
