import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Certificate } from "../../../constructs/edge/certificate";
import { PublicName } from "../../../constructs/edge/public-name";
import { Route53Zone } from "../../../constructs/edge/route53-zone";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { facts, once } from "../readings";

const ZONE_ID = "${data.aws_route53_zone.zone.zone_id}";
const TARGET = { name: "shop", dnsName: "balancer.example.net", hostedZoneId: "ZBALANCERS" };

function synthZone(use: (stack: TestStack, zone: Route53Zone) => void): Synthesized {
  return synthesizeTestStack((stack) => use(stack, new Route53Zone(stack, "Zone", { domain: "example.com" })));
}

describe("Route53Zone", () => {
  test("is the public zone that is there", () => {
    expect(synthZone(() => undefined).json["data"]).toEqual({
      [DataAwsRoute53Zone.tfResourceType]: { zone: { name: "example.com", private_zone: false } },
    });
  });

  test("points a name at a target by aliases, for IPv4 and IPv6", () => {
    const synthesized = synthZone(
      (stack, zone) => new PublicName(stack, "Name", { zone, names: "shop.example.com", target: TARGET, why: "the shop" }),
    );
    const alias = { name: "balancer.example.net", zone_id: "ZBALANCERS", evaluate_target_health: false };
    expect(synthesized.byName(Route53Record)).toEqual({
      name: { zone_id: ZONE_ID, name: "shop.example.com", type: "A", alias },
      name_ipv6: { zone_id: ZONE_ID, name: "shop.example.com", type: "AAAA", alias },
    });
    expect(facts(synthesized, "publicName")).toEqual([
      { kind: "publicName", id: "shop.example.com", name: "shop.example.com", zone: "example.com", target: "shop" },
    ]);
  });

  test("points each of several names, keyed by the name", () => {
    const names = { each: ["a.example.com", "b.example.com"] };
    const synthesized = synthZone((stack, zone) => new PublicName(stack, "Name", { zone, names, target: TARGET, why: "shops" }));
    for (const record of synthesized.all(Route53Record)) {
      expect(record).toMatchObject({
        for_each: expect.stringContaining('toset(["a.example.com", "b.example.com"])'),
        name: "${each.value}",
      });
    }
    expect(synthesized.addresses(Route53Record)).toEqual(["aws_route53_record.name", "aws_route53_record.name_ipv6"]);
  });
});

describe("a Certificate of several domains", () => {
  const several = once(() =>
    synthZone((stack, zone) => {
      const alternatives = { Ws: "ws.example.com", Api: "api.example.com" };
      new Certificate(stack, "Certificate", { domain: "example.com", alternatives, proof: zone, region: "us-east-1" });
    }),
  );

  test("names them in a stable order, in the region of what uses it", () => {
    expect(several().only(AcmCertificate)).toMatchObject({
      provider: "aws.us-east-1",
      domain_name: "example.com",
      subject_alternative_names: ["api.example.com", "ws.example.com"],
    });
    expect(facts(several(), "certificate")).toEqual([
      {
        kind: "certificate",
        id: "Certificate",
        domain: "example.com, api.example.com, ws.example.com",
        domains: ["example.com", "api.example.com", "ws.example.com"],
        region: "us-east-1",
      },
    ]);
  });

  test("is proven by one record for each, found by its domain", () => {
    const proof = (domain: string, field: string) =>
      `\${{for option in aws_acm_certificate.certificate.domain_validation_options : option.domain_name => option.${field}}["${domain}"]}`;
    const record = (domain: string) => ({
      zone_id: ZONE_ID,
      name: proof(domain, "resource_record_name"),
      type: proof(domain, "resource_record_type"),
      records: [proof(domain, "resource_record_value")],
      ttl: 60,
      allow_overwrite: true,
    });
    expect(several().byName(Route53Record)).toEqual({
      certificate_validation_record: record("example.com"),
      certificate_api_validation_record: record("api.example.com"),
      certificate_ws_validation_record: record("ws.example.com"),
    });
    expect(several().only(AcmCertificateValidation)).toEqual({
      provider: "aws.us-east-1",
      certificate_arn: "${aws_acm_certificate.certificate.arn}",
      validation_record_fqdns: [
        "${aws_route53_record.certificate_validation_record.fqdn}",
        "${aws_route53_record.certificate_api_validation_record.fqdn}",
        "${aws_route53_record.certificate_ws_validation_record.fqdn}",
      ],
    });
  });

  test("may be proven by the records of another one, since AWS asks an account for one record a domain", () => {
    const synthesized = synthZone((stack, zone) => {
      const proof = new Certificate(stack, "Regional", { domain: "example.com", alternatives: { Ws: "ws.example.com" }, proof: zone });
      new Certificate(stack, "Global", { domain: "example.com", proof, region: "us-east-1" });
    });
    expect(synthesized.addresses(Route53Record)).toEqual([
      "aws_route53_record.regional_validation_record",
      "aws_route53_record.regional_ws_validation_record",
    ]);
    expect(synthesized.byName(AcmCertificateValidation)["global_validation"]).toMatchObject({
      validation_record_fqdns: ["${aws_route53_record.regional_validation_record.fqdn}"],
    });
    expect(() =>
      synthZone((stack, zone) => {
        const proof = new Certificate(stack, "Regional", { domain: "example.com", proof: zone });
        new Certificate(stack, "Global", { domain: "api.example.com", proof, region: "us-east-1" });
      }),
    ).toThrow('shop-test/Global: proof must have the domain api.example.com, got ["example.com"]');
  });
});
