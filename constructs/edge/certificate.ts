import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { SystemStack } from "../base/system-stack";

export interface CertificateProps {
  readonly domain: string;
  /** How the inventory writes the domain, where it is known only from a Terraform variable. @default - the domain */
  readonly domainLabel?: string;
  /** Cloudflare zone that the domain is in. */
  readonly zoneId: string;
}

/** A public certificate for one domain, proven through a record in Cloudflare. AWS renews it as long as the record stands. */
export class Certificate extends Construct {
  /** ARN of the certificate once AWS has issued it. */
  readonly validatedArn: string;

  constructor(scope: Construct, id: string, { domain, domainLabel = domain, zoneId }: CertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "Default", {
      domainName: domain,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new DnsRecord(this, "ValidationRecord", {
      zoneId,
      // AWS writes the name with a final dot, Cloudflare without one.
      name: Fn.trimsuffix(proof.resourceRecordName, "."),
      type: proof.resourceRecordType,
      content: Fn.trimsuffix(proof.resourceRecordValue, "."),
      ttl: 60,
      proxied: false,
      comment: "proves the domain to AWS Certificate Manager",
    });
    this.validatedArn = new AcmCertificateValidation(this, "Validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.name],
    }).certificateArn;
    const { inventory, region } = SystemStack.of(this);
    inventory.add({ kind: "certificate", id: pathInStack(this), domain: domainLabel, region });
  }
}
