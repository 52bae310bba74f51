import {
  ACMClient,
  type CertificateDetail,
  type CertificateSummary,
  DescribeCertificateCommand,
  paginateListCertificates,
} from "@aws-sdk/client-acm";
import type { CertificateFact, Fact } from "../../../constructs/base/inventory-facts";
import type { LoadBalancerFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import { liveBalancer, liveListeners } from "./live-balancer";

/**
 * The certificate of a fact: by its names in its region, the issued one first. Where the names are known only from a
 * Terraform variable, the one that its balancer uses.
 *
 * @returns undefined when there is none.
 */
export function liveCertificate(aws: Aws, fact: CertificateFact, facts: readonly Fact[]): Promise<CertificateDetail | undefined> {
  return aws.once(`certificate ${fact.id}`, async () => {
    const arns = fact.domains === undefined ? await attachedTo(aws, fact, facts) : await named(aws, fact.domains, fact.region);
    const found = await Promise.all(arns.map((arn) => certificateDetail(aws, arn)));
    const wanted = [...(fact.domains ?? [])].sort().join();
    const fitting = found.filter((detail) => fact.domains === undefined || namesOf(detail).join() === wanted);
    return fitting.find(({ Status }) => Status === "ISSUED") ?? fitting[0];
  });
}

/** Certificates of an ARN's region are asked for there. */
function certificateDetail(aws: Aws, CertificateArn: string): Promise<CertificateDetail> {
  return aws.once(`certificate ${CertificateArn}`, async () => {
    const describe = new DescribeCertificateCommand({ CertificateArn });
    const client = aws.client(ACMClient, CertificateArn.split(":")[3]);
    return (await aws.ask((options) => client.send(describe, options))).Certificate ?? {};
  });
}

/** Every name that a certificate stands for, sorted. */
function namesOf({ DomainName, SubjectAlternativeNames = [] }: CertificateDetail): readonly string[] {
  return [...new Set([...(DomainName === undefined ? [] : [DomainName]), ...SubjectAlternativeNames])].sort();
}

async function named(aws: Aws, [domain]: readonly string[], region: string): Promise<readonly string[]> {
  const all = await allCertificates(aws, region);
  return all.flatMap(({ DomainName, CertificateArn }) => (DomainName === domain ? (CertificateArn ?? []) : []));
}

async function attachedTo(aws: Aws, { id }: CertificateFact, facts: readonly Fact[]): Promise<readonly string[]> {
  const owner = facts.find((fact): fact is LoadBalancerFact => fact.kind === "loadBalancer" && fact.certificate === id);
  const balancer = owner && (await liveBalancer(aws, owner.name));
  const listeners = balancer === undefined ? [] : await liveListeners(aws, balancer);
  return listeners.flatMap(({ Certificates = [] }) => Certificates.flatMap(({ CertificateArn }) => CertificateArn ?? []));
}

function allCertificates(aws: Aws, region: string): Promise<readonly CertificateSummary[]> {
  return aws.once(`certificates of ${region}`, async () => {
    const pages = await aws.pages((options) => paginateListCertificates({ client: aws.client(ACMClient, region) }, {}, options));
    return pages.flatMap(({ CertificateSummaryList = [] }) => CertificateSummaryList);
  });
}
