import type * as z from "zod";
import type { MskClusterConfig } from "./kafka-schema";
import { refuse } from "./refuse";

interface Managed {
  readonly region: string;
  readonly names: { readonly project: string; readonly environment: string };
  readonly msk: Pick<MskClusterConfig, "topics">;
}

/**
 * Characters that the policy of the topics' function has for their ARNs: what IAM takes in a role's own policies, less the
 * rest of what it says.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const POLICY_ROOM = 10_240 - 1_400;
/** The longest id that MSK gives a cluster: a UUID, and the number of its control plane. */
const CLUSTER_ID = "00000000-0000-0000-0000-000000000000-25";

/** More topics than one policy can name. */
export function policyFaults({ value: { region, names, msk }, issues }: z.core.ParsePayload<Managed>): void {
  const cluster = `arn:aws:kafka:${region}:000000000000:topic/${names.project}-${names.environment}/${CLUSTER_ID}`;
  let used = 0;
  for (const [index, { name }] of msk.topics.entries()) {
    used += `"${cluster}/${name}",`.length;
    if (used <= POLICY_ROOM) continue;
    const message = `must not bring the topics' ARNs over ${POLICY_ROOM} characters, which is what the policy of their function has room for`;
    refuse(issues, ["msk", "topics", index, "name"], message);
    return;
  }
}
