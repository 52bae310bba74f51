import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import type { DnsZone, ProofRecord } from "./dns-zone";

export interface CertificateProps {
  readonly domain: string;
  /** How the inventory writes the domain, where it is known only from a Terraform variable. @default - the domain */
  readonly domainLabel?: string;
  /** Further domains, by a name for each that its record is known by. Another set replaces the certificate. @default - none */
  readonly alternatives?: Readonly<Record<string, string>>;
  /** Zone of the domains, or a certificate of theirs: AWS asks an account for one record a domain, whatever the region. */
  readonly proof: DnsZone | Certificate;
  /** Region of what uses it; CloudFront takes certificates of us-east-1 only. @default - the root's */
  readonly region?: string;
}

/** A public certificate, proven by records in the zone of its domains. AWS renews it as long as the records stand. */
export class Certificate extends Construct {
  /** ARN of the certificate once AWS has issued it. */
  readonly validatedArn: string;
  /** Names of the records, by the domain that they prove. */
  private readonly records = new Map<string, string>();

  /** @throws {PropsError} when another certificate is to prove a domain that it does not have. */
  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const stack = SystemStack.of(this);
    const { domain, domainLabel = domain, alternatives = {}, proof, region } = props;
    const provider = region === undefined ? undefined : stack.providerFor(region);
    const others = Object.entries(alternatives).sort(([a], [b]) => (a < b ? -1 : 1));
    const certificate = new AcmCertificate(this, "Default", {
      provider,
      domainName: domain,
      subjectAlternativeNames: others.length === 0 ? undefined : others.map(([, name]) => name),
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const prove = (id: string, name: string): void => {
      const record = others.length === 0 ? onlyProof(certificate) : proofOf(certificate, name);
      this.records.set(name, proof instanceof Certificate ? proof.recordOf(name, this) : proof.prove(this, id, record));
    };
    prove("ValidationRecord", domain);
    for (const [id, name] of others) prove(`${id}ValidationRecord`, name);
    this.validatedArn = new AcmCertificateValidation(this, "Validation", {
      provider,
      certificateArn: certificate.arn,
      validationRecordFqdns: [...this.records.values()],
    }).certificateArn;
    stack.inventory.add({
      kind: "certificate",
      id: pathInStack(this),
      domain: [domainLabel, ...others.map(([, name]) => name)].join(", "),
      ...(props.domainLabel === undefined ? { domains: [domain, ...others.map(([, name]) => name)] } : {}),
      region: region ?? stack.region,
    });
  }

  private recordOf(domain: string, asks: Certificate): string {
    const record = this.records.get(domain);
    if (record === undefined) throw new PropsError(asks, "proof", `must have the domain ${domain}`, [...this.records.keys()]);
    return record;
  }
}

function onlyProof(certificate: AcmCertificate): ProofRecord {
  const { resourceRecordName, resourceRecordType, resourceRecordValue } = certificate.domainValidationOptions.get(0);
  return { name: resourceRecordName, type: resourceRecordType, value: resourceRecordValue };
}

/** The record that AWS asks for one of several domains: the options are a set, in no order. */
function proofOf({ terraformResourceType, friendlyUniqueId }: AcmCertificate, domain: string): ProofRecord {
  const options = `${terraformResourceType}.${friendlyUniqueId}.domain_validation_options`;
  const field = (name: string): string => `\${{for option in ${options} : option.domain_name => option.${name}}["${domain}"]}`;
  return { name: field("resource_record_name"), type: field("resource_record_type"), value: field("resource_record_value") };
}
