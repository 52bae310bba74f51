import type { KafkaPhase } from "../../constructs/base/inventory-parts";

/** What AWS says of a cluster, as far as its phase is about it. */
export interface LiveCluster {
  /** In AWS's words: `ACTIVE`, `CREATING`, `UPDATING`, … */
  readonly state: string;
  /** Whether its brokers have public addresses. */
  readonly isPublic: boolean;
  /** Whether networks connect over PrivateLink, by whatever kind of authentication. */
  readonly isMultiVpc: boolean;
  /** For example `kafka.m7g.large`. */
  readonly brokerType: string;
  /** Ways in besides IAM over TLS, in an operator's words; none where the cluster is as this code makes it. */
  readonly weakWays: readonly string[];
}

/** Whether config/ is what is there, may be applied, must wait, or cannot be. */
export type Verdict = "matches" | "apply" | "wait" | "failed" | "refused";

export interface PhaseAdvice {
  readonly verdict: Verdict;
  /** What to do next, one sentence. */
  readonly next: string;
}

/** What each phase is about, as a sentence names it. */
export const PHASE_WORDS: Readonly<Record<KafkaPhase, string>> = {
  create: "no connections from outside",
  public: "public access",
  multiVpc: "multi-VPC connectivity",
  multiVpcOff: "no multi-VPC connectivity",
};

/** States in which MSK is at work and takes no change. @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-cluster-states.html */
const AT_WORK: ReadonlySet<string> = new Set(["CREATING", "DELETING", "HEALING", "MAINTENANCE", "REBOOTING_BROKER", "UPDATING"]);

/** MSK has multi-VPC connectivity on larger brokers alone. @see https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html */
const SMALL_BROKER = "kafka.t3.small";

/**
 * What to apply next to get a live cluster to the phase that config/ asks for. AWS gives no cluster a connection from outside
 * while it makes it, and then takes one change at a time.
 *
 * @param live undefined when there is no cluster.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
 */
export function phaseAdvice(root: string, wanted: KafkaPhase, live: LiveCluster | undefined): PhaseAdvice {
  if (live === undefined) return beforeCreation(root, wanted);
  if (AT_WORK.has(live.state)) return { verdict: "wait", next: waitFor(live.state) };
  if (live.state !== "ACTIVE")
    return { verdict: "failed", next: `read the cluster's events in the MSK console: in state ${live.state} MSK takes no change` };
  if (live.isPublic && live.isMultiVpc && wanted !== "multiVpcOff")
    return refused(`set phase to { multiVpc: "off" } and deploy ${root} first: both ways in are open, and config/ speaks of one at a time`);
  switch (wanted) {
    case "create":
      return live.isMultiVpc ? firstOff(root) : step(root, live.isPublic, "it ends public access");
    case "public":
      return live.isMultiVpc ? firstOff(root) : publicAdvice(root, live);
    case "multiVpc":
      return live.isPublic ? firstPrivate(root) : multiVpcAdvice(root, live);
    case "multiVpcOff":
      if (live.isMultiVpc) return step(root, true, "it ends multi-VPC connectivity");
      return live.isPublic ? firstPrivate(root) : MATCHES;
  }
}

function waitFor(state: string): string {
  const end = state === "DELETING" ? "gone" : "ACTIVE";
  return `wait until the cluster is ${end}, since MSK takes no change while it is ${state}, then run this again`;
}

const MATCHES: PhaseAdvice = { verdict: "matches", next: "nothing to do" };

function beforeCreation(root: string, wanted: KafkaPhase): PhaseAdvice {
  if (wanted === "create" || wanted === "multiVpcOff")
    return { verdict: "apply", next: `deploy ${root}: it makes the cluster, with no connections from outside` };
  return refused(`set phase to "create" and deploy ${root} first: AWS gives no cluster ${PHASE_WORDS[wanted]} while it makes it`);
}

function publicAdvice(root: string, { isPublic, weakWays }: LiveCluster): PhaseAdvice {
  if (weakWays.length > 0 && !isPublic)
    return refused(
      `set phase to "create" and deploy ${root} first: the cluster takes ${weakWays.join(" and ")}, and AWS opens those with IAM over TLS alone`,
    );
  return step(root, !isPublic, "it gives the brokers public addresses");
}

function multiVpcAdvice(root: string, { isMultiVpc, brokerType }: LiveCluster): PhaseAdvice {
  if (brokerType === SMALL_BROKER)
    return refused(
      `set phase to "create" and deploy ${root} with its larger brokerType first: ${SMALL_BROKER} has no multi-VPC connectivity`,
    );
  return step(root, !isMultiVpc, "it lets other networks connect");
}

function firstPrivate(root: string): PhaseAdvice {
  return refused(`set phase to "create" and deploy ${root} first: the cluster has public access, and MSK takes one change at a time`);
}

function firstOff(root: string): PhaseAdvice {
  return refused(
    `set phase to { multiVpc: "off" } and deploy ${root} first: the cluster has multi-VPC connectivity, and MSK takes one change at a time`,
  );
}

function step(root: string, isNeeded: boolean, does: string): PhaseAdvice {
  return isNeeded ? { verdict: "apply", next: `deploy ${root}: ${does}, half an hour or more, one broker after the other` } : MATCHES;
}

function refused(next: string): PhaseAdvice {
  return { verdict: "refused", next };
}
