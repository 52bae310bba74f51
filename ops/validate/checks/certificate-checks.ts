import type { CertificateFact, Fact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { liveCertificate } from "../live/live-certificate";

/** AWS renews 60 days before the end: one that has less than 30 left was not renewed. @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
const LEFT_DAYS = 30;
const DAY_MS = 86_400_000;

/** A certificate: there, in its region, issued, and renewed in time. */
export function certificateChecks(aws: Aws, root: string, facts: readonly Fact[], fact: CertificateFact): readonly Check[] {
  const what = `certificate ${fact.domain} (${fact.id})`;
  return [{ part: "certificates", heading: "certificate-exists", what, look: () => state(aws, root, facts, fact, what) }];
}

async function state(aws: Aws, root: string, facts: readonly Fact[], fact: CertificateFact, what: string): Promise<readonly Finding[]> {
  const live = await liveCertificate(aws, fact, facts);
  if (live === undefined) return [absent("certificate-exists", `${what} in ${fact.region}`, `deploy ${root}`)];
  const { Status = "unknown", NotAfter } = live;
  if (Status !== "ISSUED") {
    const todo =
      Status === "PENDING_VALIDATION" ? `see that its records are in DNS, as ACM shows them, or deploy ${root}` : `deploy ${root}`;
    return [finding("certificate-issued", `${what}: status`, Status, todo)];
  }
  const issued = finding("certificate-issued", `${what}: status`, `ISSUED in ${fact.region}`);
  const days = NotAfter === undefined ? 0 : Math.floor((NotAfter.getTime() - Date.now()) / DAY_MS);
  const found = days < 0 ? `expired ${-days} days ago` : `${days} days are left`;
  const todo = days >= LEFT_DAYS ? undefined : "put its records back into DNS, as ACM shows them; AWS then renews it by itself";
  return [issued, finding("certificate-expiry", `${what}: expiry`, found, todo)];
}
