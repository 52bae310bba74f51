import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Construct } from "constructs";
import type { Certificate } from "../edge/certificate";
import type { NameTarget } from "../edge/dns-zone";

export interface ApiDomainProps {
  /** Host name, for example `console.example.com`. Another one replaces it, and what its alias points to. */
  readonly host: string;
  /** Covers the host, in the API's own region. */
  readonly certificate: Certificate;
  readonly apiId: string;
  readonly stage: string;
}

/** A host name that an API answers to, over TLS 1.2 and up, without the stage in its paths. */
export class ApiDomain extends Construct implements NameTarget {
  readonly name: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;

  constructor(scope: Construct, id: string, { host, certificate, apiId, stage }: ApiDomainProps) {
    super(scope, id);
    const domain = new ApiGatewayDomainName(this, "Default", {
      domainName: host,
      regionalCertificateArn: certificate.validatedArn,
      securityPolicy: "TLS_1_2",
      endpointConfiguration: { types: ["REGIONAL"] },
    });
    new ApiGatewayBasePathMapping(this, "Mapping", { domainName: domain.domainName, apiId, stageName: stage });
    this.name = host;
    this.dnsName = domain.regionalDomainName;
    this.hostedZoneId = domain.regionalZoneId;
  }
}
