import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Role } from "../../../constructs/security/role";
import type { MskCluster } from "../../../constructs/streaming/msk-cluster";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { facts, statements } from "../readings";
import { addCluster } from "./clusters";

const CLUSTER = "${aws_msk_cluster.events.arn}";
const below = (kind: "topic" | "group", name: string): string =>
  `arn:aws:kafka:eu-west-1:111111111111:${kind}/shop-events/\${aws_msk_cluster.events.cluster_uuid}/${name}`;
const CONNECT = { Sid: "ConnectToKafka", Effect: "Allow", Action: "kafka-cluster:Connect", Resource: CLUSTER };

/** What a role is granted by calls on a cluster. */
function granted(grant: (cluster: MskCluster, grantee: { role: Role }) => void): Synthesized {
  return synthesizeTestStack((stack) =>
    grant(addCluster(stack), { role: new Role(stack, "Client", { service: "ecs-tasks.amazonaws.com" }) }),
  );
}

const policy = (synthesized: Synthesized): unknown => statements(synthesized.byName(IamRolePolicy)["client_policy"]?.["policy"]);

describe("grants of an MskCluster", () => {
  test("producing is connecting, writing to the named topics, and each message once", () => {
    expect(policy(granted((cluster, client) => cluster.grantProduce(client, { topics: ["orders", "bills"] })))).toEqual([
      CONNECT,
      { Sid: "ProduceOnce", Effect: "Allow", Action: "kafka-cluster:WriteDataIdempotently", Resource: CLUSTER },
      {
        Sid: "ProduceTopics",
        Effect: "Allow",
        Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
        Resource: [below("topic", "orders"), below("topic", "bills")],
      },
    ]);
  });

  test("consuming is connecting, reading the named topics, and one group", () => {
    expect(policy(granted((cluster, client) => cluster.grantConsume(client, { topics: ["orders"], group: "billing" })))).toEqual([
      CONNECT,
      {
        Sid: "ConsumeTopics",
        Effect: "Allow",
        Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
        Resource: below("topic", "orders"),
      },
      {
        Sid: "JoinGroups",
        Effect: "Allow",
        Action: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
        Resource: below("group", "billing"),
      },
    ]);
  });

  test("managing changes the named topics, sees the others, and touches no message", () => {
    const synthesized = granted((cluster, client) => cluster.grantManageTopics(client, { topics: ["orders"] }));
    expect(policy(synthesized)).toEqual([
      CONNECT,
      {
        Sid: "ManageTopics",
        Effect: "Allow",
        Action: [
          "kafka-cluster:AlterTopic",
          "kafka-cluster:AlterTopicDynamicConfiguration",
          "kafka-cluster:CreateTopic",
          "kafka-cluster:DeleteTopic",
          "kafka-cluster:DescribeTopic",
          "kafka-cluster:DescribeTopicDynamicConfiguration",
        ],
        Resource: below("topic", "orders"),
      },
      {
        Sid: "SeeTopics",
        Effect: "Allow",
        Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration"],
        Resource: "arn:aws:kafka:eu-west-1:111111111111:topic/shop-events/*/*",
      },
    ]);
    expect(facts(synthesized, "exception")).toContainEqual(
      expect.objectContaining({ because: "a plan of topics must show those too that nobody has written down" }),
    );
  });

  test("inspecting reads everything and changes nothing, and says why it needs wildcards", () => {
    const synthesized = granted((cluster, client) => cluster.grantInspect(client));
    const found = policy(synthesized) as { Action: string | string[]; Resource: string }[];
    expect(found.flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${Resource}`))).toEqual([
      `kafka-cluster:Connect ${CLUSTER}`,
      `kafka-cluster:DescribeCluster ${CLUSTER}`,
      `kafka-cluster:DescribeClusterDynamicConfiguration ${CLUSTER}`,
      "kafka-cluster:DescribeTopic arn:aws:kafka:eu-west-1:111111111111:topic/shop-events/*/*",
      "kafka-cluster:DescribeTopicDynamicConfiguration arn:aws:kafka:eu-west-1:111111111111:topic/shop-events/*/*",
      "kafka-cluster:ReadData arn:aws:kafka:eu-west-1:111111111111:topic/shop-events/*/*",
      "kafka-cluster:DescribeGroup arn:aws:kafka:eu-west-1:111111111111:group/shop-events/*/*",
    ]);
    const wild = facts(synthesized, "exception").filter(({ what }) => what.includes("kafka"));
    expect(wild.map(({ because }) => because)).toEqual(Array(2).fill(expect.stringMatching(/^whoever looks after Kafka must see/)));
  });

  test("a prefix takes a reason, which stands in the inventory, and has a statement of its own", () => {
    const topics = ["orders", { prefix: "shop.", because: "its topics come and go with its customers" }];
    const synthesized = granted((cluster, client) => cluster.grantProduce(client, { topics }));
    expect(policy(synthesized)).toEqual([
      CONNECT,
      expect.objectContaining({ Sid: "ProduceOnce" }),
      expect.objectContaining({ Sid: "ProduceTopics", Resource: below("topic", "orders") }),
      expect.objectContaining({
        Sid: "ProduceTopicsFromShop",
        Resource: "arn:aws:kafka:eu-west-1:111111111111:topic/shop-events/*/shop.*",
      }),
    ]);
    expect(facts(synthesized, "exception")).toContainEqual(
      expect.objectContaining({
        what: expect.stringContaining("topic/shop-events/*/shop.*"),
        because: "its topics come and go with its customers",
      }),
    );
  });

  test("a name with a star in it is a wildcard without a reason", () => {
    expect(() => granted((cluster, client) => cluster.grantProduce(client, { topics: ["*"] }))).toThrow(
      "shop-test/Client: statement ProduceTopics must give wildcardBecause for a wildcard",
    );
  });

  test("several grants to one role add up, topic by topic and group by group", () => {
    const synthesized = granted((cluster, client) => {
      cluster.grantConsume(client, { topics: ["orders"], group: "billing" });
      cluster.grantConsume(client, { topics: ["bills"], group: "archive" });
      cluster.grantProduce(client, { topics: ["bills"] });
    });
    expect(policy(synthesized)).toEqual([
      CONNECT,
      expect.objectContaining({ Sid: "ConsumeTopics", Resource: [below("topic", "orders"), below("topic", "bills")] }),
      expect.objectContaining({ Sid: "JoinGroups", Resource: [below("group", "billing"), below("group", "archive")] }),
      expect.objectContaining({ Sid: "ProduceOnce" }),
      expect.objectContaining({ Sid: "ProduceTopics", Resource: below("topic", "bills") }),
    ]);
  });

  test("no grant holds every action of Kafka, or every resource", () => {
    const synthesized = granted((cluster, client) => {
      cluster.grantConsume(client, { topics: ["orders"], group: "billing" });
      cluster.grantProduce(client, { topics: ["orders"] });
      cluster.grantManageTopics(client, { topics: ["orders"] });
      cluster.grantInspect(client);
    });
    const found = policy(synthesized) as { Action: string | string[]; Resource: string | string[] }[];
    expect(found.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
    expect(
      found
        .flatMap(({ Resource }) => Resource)
        .filter(
          (resource) =>
            !/^(\$\{aws_msk_cluster\.events\.arn\}|arn:aws:kafka:eu-west-1:111111111111:(topic|group)\/shop-events\/)/.test(resource),
        ),
    ).toEqual([]);
  });
});
