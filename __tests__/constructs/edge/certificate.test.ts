import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformVariable } from "cdktf";
import { Certificate, type CertificateProps } from "../../../constructs/edge/certificate";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { CLOUDFLARE } from "../parts";
import { facts, once, resolved } from "../readings";

function synthCertificate(props: (stack: TestStack) => Partial<CertificateProps> = () => ({})): Synthesized {
  return synthesizeTestStack((stack) => {
    new CloudflareProvider(stack, "Cloudflare", { apiToken: "none" });
    new Certificate(stack, "Certificate", { domain: "shop.example.com", proof: CLOUDFLARE, ...props(stack) });
  });
}

const plain = once(() => synthCertificate());

describe("Certificate", () => {
  test("is there before its predecessor goes", () => {
    expect(plain().only(AcmCertificate)).toEqual({
      domain_name: "shop.example.com",
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
  });

  test("is proven by the record that AWS asks for, written as Cloudflare writes names", () => {
    const option = "tolist(aws_acm_certificate.certificate.domain_validation_options).0";
    expect(plain().only(DnsRecord)).toEqual({
      zone_id: "zone",
      name: `\${trimsuffix(${option}.resource_record_name, ".")}`,
      type: `\${${option}.resource_record_type}`,
      content: `\${trimsuffix(${option}.resource_record_value, ".")}`,
      ttl: 60,
      proxied: false,
      comment: "proves the domain to AWS Certificate Manager",
    });
  });

  test("is used only once AWS has issued it", () => {
    let validated = "";
    const synthesized = synthesizeTestStack((stack) => {
      new CloudflareProvider(stack, "Cloudflare", { apiToken: "none" });
      const { validatedArn } = new Certificate(stack, "Certificate", { domain: "shop.example.com", proof: CLOUDFLARE });
      validated = String(resolved(stack, validatedArn));
    });
    expect(validated).toBe("${aws_acm_certificate_validation.certificate_validation.certificate_arn}");
    expect(synthesized.only(AcmCertificateValidation)).toEqual({
      certificate_arn: "${aws_acm_certificate.certificate.arn}",
      validation_record_fqdns: ["${cloudflare_dns_record.certificate_validation_record.name}"],
    });
  });

  test("states its domain, and where the domain comes from when only Terraform knows it", () => {
    expect(facts(plain(), "certificate")).toEqual([
      { kind: "certificate", id: "Certificate", domain: "shop.example.com", domains: ["shop.example.com"], region: "eu-west-1" },
    ]);
    const given = synthCertificate((stack) => ({
      domain: new TerraformVariable(stack, "Domain", { type: "string" }).stringValue,
      domainLabel: "var.domain",
    }));
    expect(facts(given, "certificate")).toMatchObject([{ domain: "var.domain" }]);
  });

  test("refuses to state a domain that only Terraform knows", () => {
    expect(() => synthCertificate((stack) => ({ domain: new TerraformVariable(stack, "Domain", { type: "string" }).stringValue }))).toThrow(
      'shop-test/Certificate: the inventory fact "certificate" has domain, which is known only after apply',
    );
  });

  test("keeps its addresses", () => {
    expect(plain().addresses(AcmCertificate, AcmCertificateValidation, DnsRecord)).toEqual([
      "aws_acm_certificate.certificate",
      "aws_acm_certificate_validation.certificate_validation",
      "cloudflare_dns_record.certificate_validation_record",
    ]);
  });
});
