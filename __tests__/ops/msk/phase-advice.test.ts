import type { KafkaPhase } from "../../../constructs/base/inventory-parts";
import { type LiveCluster, phaseAdvice, type Verdict } from "../../../ops/msk/phase-advice";

const PRIVATE: LiveCluster = { state: "ACTIVE", isPublic: false, isMultiVpc: false, brokerType: "kafka.m7g.large", weakWays: [] };
const PUBLIC: LiveCluster = { ...PRIVATE, isPublic: true };
const MULTI_VPC: LiveCluster = { ...PRIVATE, isMultiVpc: true };
const BOTH: LiveCluster = { ...PUBLIC, isMultiVpc: true };
const LIVE = { absent: undefined, private: PRIVATE, public: PUBLIC, multiVpc: MULTI_VPC, both: BOTH } as const;

const MADE = "deploy shop: it makes the cluster, with no connections from outside";
const LONG = "half an hour or more, one broker after the other";
const NOTHING = "nothing to do";
const NOT_WHILE_MADE = (what: string) => `set phase to "create" and deploy shop first: AWS gives no cluster ${what} while it makes it`;
const FIRST_PRIVATE = 'set phase to "create" and deploy shop first: the cluster has public access, and MSK takes one change at a time';
const FIRST_OFF =
  'set phase to { multiVpc: "off" } and deploy shop first: the cluster has multi-VPC connectivity, and MSK takes one change at a time';
const ONE_AT_A_TIME = 'set phase to { multiVpc: "off" } and deploy shop first: both ways in are open, and config/ speaks of one at a time';

describe("what to apply next", () => {
  test.each<[keyof typeof LIVE, KafkaPhase, Verdict, string]>([
    ["absent", "create", "apply", MADE],
    ["absent", "multiVpcOff", "apply", MADE],
    ["absent", "public", "refused", NOT_WHILE_MADE("public access")],
    ["absent", "multiVpc", "refused", NOT_WHILE_MADE("multi-VPC connectivity")],
    ["private", "create", "matches", NOTHING],
    ["private", "multiVpcOff", "matches", NOTHING],
    ["private", "public", "apply", `deploy shop: it gives the brokers public addresses, ${LONG}`],
    ["private", "multiVpc", "apply", `deploy shop: it lets other networks connect, ${LONG}`],
    ["public", "public", "matches", NOTHING],
    ["public", "create", "apply", `deploy shop: it ends public access, ${LONG}`],
    ["public", "multiVpc", "refused", FIRST_PRIVATE],
    ["public", "multiVpcOff", "refused", FIRST_PRIVATE],
    ["multiVpc", "multiVpc", "matches", NOTHING],
    ["multiVpc", "multiVpcOff", "apply", `deploy shop: it ends multi-VPC connectivity, ${LONG}`],
    // A configuration that says nothing of other networks leaves them where they are.
    ["multiVpc", "create", "refused", FIRST_OFF],
    ["multiVpc", "public", "refused", FIRST_OFF],
    ["both", "create", "refused", ONE_AT_A_TIME],
    ["both", "public", "refused", ONE_AT_A_TIME],
    ["both", "multiVpc", "refused", ONE_AT_A_TIME],
    ["both", "multiVpcOff", "apply", `deploy shop: it ends multi-VPC connectivity, ${LONG}`],
  ])("from %s to %s: %s", (live, wanted, verdict, next) => {
    expect(phaseAdvice("shop", wanted, LIVE[live])).toEqual({ verdict, next });
  });

  test.each(["CREATING", "UPDATING", "REBOOTING_BROKER", "MAINTENANCE", "HEALING"])(
    "waits while the cluster is %s, whatever is asked for",
    (state) => {
      for (const wanted of ["create", "public", "multiVpc", "multiVpcOff"] as const)
        expect(phaseAdvice("shop", wanted, { ...PRIVATE, state })).toEqual({
          verdict: "wait",
          next: `wait until the cluster is ACTIVE, since MSK takes no change while it is ${state}, then run this again`,
        });
    },
  );

  test("waits for a cluster that is being deleted to be gone, and does not take it for one that will be active", () => {
    expect(phaseAdvice("shop", "create", { ...PRIVATE, state: "DELETING" })).toMatchObject({
      verdict: "wait",
      next: expect.stringContaining("wait until the cluster is gone"),
    });
  });

  test.each(["FAILED", "SOMETHING_NEW"])("says that nothing can be applied to a cluster in state %s", (state) => {
    expect(phaseAdvice("shop", "create", { ...PRIVATE, state })).toEqual({
      verdict: "failed",
      next: `read the cluster's events in the MSK console: in state ${state} MSK takes no change`,
    });
  });

  test("refuses public access to a cluster that takes more than IAM over TLS, and names what it takes", () => {
    const weak = { ...PRIVATE, weakWays: ["plaintext from clients", "clients that nobody has identified"] };
    expect(phaseAdvice("shop", "public", weak)).toEqual({
      verdict: "refused",
      next: 'set phase to "create" and deploy shop first: the cluster takes plaintext from clients and clients that nobody has identified, and AWS opens those with IAM over TLS alone',
    });
    expect(phaseAdvice("shop", "create", weak).verdict).toBe("matches");
  });

  test("refuses multi-VPC connectivity while the brokers are still too small for it", () => {
    const small = { ...PRIVATE, brokerType: "kafka.t3.small" };
    expect(phaseAdvice("shop", "multiVpc", small)).toEqual({
      verdict: "refused",
      next: 'set phase to "create" and deploy shop with its larger brokerType first: kafka.t3.small has no multi-VPC connectivity',
    });
    expect(phaseAdvice("shop", "public", small).verdict).toBe("apply");
  });
});
