import type { CertificateFact, InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { LoadBalancerFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import { type Finding, finding } from "../finding";
import { liveBalancer, liveListeners } from "../live/live-balancer";
import { liveCertificate } from "../live/live-certificate";

/** Whether every listener that ends TLS does so with the certificate that is stated. */
export async function balancerCertificate(
  aws: Aws,
  { root, facts }: InventoryDocument,
  fact: LoadBalancerFact,
  what: string,
): Promise<readonly Finding[]> {
  const stated = facts.find((other): other is CertificateFact => other.kind === "certificate" && other.id === fact.certificate);
  const balancer = await liveBalancer(aws, fact.name);
  if (stated === undefined || balancer === undefined) return [];
  const wanted = await liveCertificate(aws, stated, facts);
  const ends = (await liveListeners(aws, balancer)).filter(({ Protocol }) => Protocol === "HTTPS" || Protocol === "TLS");
  // A certificate or a listener that is away is a finding already.
  if (wanted?.CertificateArn === undefined || ends.length === 0) return [];
  const wrong = ends.filter(
    ({ Certificates = [] }) => !Certificates.some(({ CertificateArn }) => CertificateArn === wanted.CertificateArn),
  );
  if (wrong.length === 0) return [finding("balancer-certificate", what, `for ${stated.domain}`)];
  const ports = wrong.map(({ Port }) => Port).join(", ");
  return [finding("balancer-certificate", what, `port ${ports} has another than the one for ${stated.domain}`, `deploy ${root}`)];
}
