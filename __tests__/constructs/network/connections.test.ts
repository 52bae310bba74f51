import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { type Connectable, Connections, type ConnectionsProps } from "../../../constructs/network/connections";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { facts, rules } from "../readings";

/** Something with a security group and nothing else. */
class Thing<Name extends string = string> extends Construct implements Connectable<Name> {
  readonly connections: Connections<Name>;
  constructor(scope: Construct, id: string, ports?: ConnectionsProps<Name>["ports"]) {
    super(scope, id);
    this.connections = new Connections(this, "Connections", { vpcId: "vpc-1", ports });
  }
}

/** An api, and a database that listens on 3306. */
function connect(fill: (database: Thing<"mysql">, api: Thing, stack: TestStack) => void): Synthesized {
  return synthesizeTestStack((stack) => fill(new Thing(stack, "Database", { mysql: 3306 }), new Thing(stack, "Api"), stack));
}

/** What EC2 takes as a rule's description: fewer than 256 characters, out of these. */
const DESCRIPTION = /^[A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

describe("Connections", () => {
  test("lets nothing in and nothing out until told to", () => {
    const synthesized = connect(() => undefined);
    expect(rules(synthesized)).toEqual([]);
    expect(synthesized.edges()).toEqual([]);
    for (const group of synthesized.all(SecurityGroup)) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  test("makes a group that can be replaced while something still uses it", () => {
    expect(connect(() => undefined).byName(SecurityGroup)["database"]).toEqual({
      name_prefix: "shop-test-database-",
      description: "Database of shop-test",
      vpc_id: "vpc-1",
      tags: { Name: "shop-test-database" },
      lifecycle: { create_before_destroy: true },
    });
  });

  test("opens one port between two groups, on both sides, and states the edge", () => {
    const synthesized = connect((database, api) => database.connections.allowFrom(api, "reads orders"));
    expect(rules(synthesized)).toEqual(["in database <- api tcp/3306: reads orders", "out api -> database tcp/3306: reads orders"]);
    expect(synthesized.edges()).toEqual(["Api -> Database tcp/3306: reads orders"]);
  });

  test("opens every port of the used thing, or only those that are named", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const balancer = new Thing(stack, "Balancer");
      const both = new Thing<"http" | "https" | "quic">(stack, "Both", { http: 80, https: 443, quic: { udp: 443 } });
      const one = new Thing<"http" | "https">(stack, "One", { http: 80, https: 443 });
      both.connections.allowFrom(balancer, "visitors");
      one.connections.allowFrom(balancer, "visitors", "https");
    });
    expect(synthesized.edges()).toEqual([
      "Balancer -> Both tcp/443: visitors",
      "Balancer -> Both tcp/80: visitors",
      "Balancer -> Both udp/443: visitors",
      "Balancer -> One tcp/443: visitors",
    ]);
    expect(rules(synthesized)).toEqual([
      "in both <- balancer tcp/443: visitors",
      "in both <- balancer tcp/80: visitors",
      "in both <- balancer udp/443: visitors",
      "in one <- balancer tcp/443: visitors",
      "out balancer -> both tcp/443: visitors",
      "out balancer -> both tcp/80: visitors",
      "out balancer -> both udp/443: visitors",
      "out balancer -> one tcp/443: visitors",
    ]);
  });

  test("lets members of one group reach one another", () => {
    const synthesized = connect((database) => database.connections.allowFrom(database, "replicates"));
    expect(rules(synthesized)).toEqual(["in database <- database tcp/3306: replicates", "out database -> database tcp/3306: replicates"]);
  });

  test("lets the internet in on its ports only, and opens no way out with it", () => {
    const synthesized = synthesizeTestStack((stack) => {
      new Thing<"wireguard">(stack, "Bastion", { wireguard: { udp: 51820 } }).connections.allowFromInternet("developers");
    });
    expect(rules(synthesized)).toEqual(["in bastion <- 0.0.0.0/0 udp/51820: developers"]);
    expect(synthesized.edges()).toEqual(["Internet (0.0.0.0/0) -> Bastion udp/51820: developers"]);
  });

  test("lets given addresses in, a rule for each, keyed by the block", () => {
    const synthesized = connect((database) =>
      database.connections.allowFromAddresses("Offices", ["203.0.113.0/24", "198.51.100.0/24"], "developers"),
    );
    expect(synthesized.only(VpcSecurityGroupIngressRule)).toEqual({
      for_each: '${toset(["203.0.113.0/24", "198.51.100.0/24"])}',
      cidr_ipv4: "${each.value}",
      ip_protocol: "tcp",
      from_port: 3306,
      to_port: 3306,
      description: "developers",
      security_group_id: "${aws_security_group.database.id}",
    });
    expect(synthesized.edges()).toEqual(["Offices (203.0.113.0/24, 198.51.100.0/24) -> Database tcp/3306: developers"]);
    expect(facts(synthesized, "edge")).toMatchObject([{ addresses: ["203.0.113.0/24", "198.51.100.0/24"] }]);
  });

  test("lets the addresses on a list of AWS's in, by a rule that follows the list", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const balancer = new Thing<"http" | "https">(stack, "Balancer", { http: 80, https: 443 });
      balancer.connections.allowFromPrefixList("CloudFront", "com.amazonaws.global.cloudfront.origin-facing", "visitors", "https");
    });
    expect(synthesized.json["data"]).toEqual({
      aws_ec2_managed_prefix_list: {
        balancer_cloud_front_addresses: { name: "com.amazonaws.global.cloudfront.origin-facing" },
      },
    });
    expect(synthesized.only(VpcSecurityGroupIngressRule)).toEqual({
      prefix_list_id: "${data.aws_ec2_managed_prefix_list.balancer_cloud_front_addresses.id}",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      description: "visitors",
      security_group_id: "${aws_security_group.balancer.id}",
    });
    expect(synthesized.all(VpcSecurityGroupEgressRule)).toEqual([]);
    expect(synthesized.edges()).toEqual(["CloudFront (com.amazonaws.global.cloudfront.origin-facing) -> Balancer tcp/443: visitors"]);
    expect(facts(synthesized, "edge")).toMatchObject([{ addresses: { prefixList: "com.amazonaws.global.cloudfront.origin-facing" } }]);
    expect(facts(synthesized, "securityGroup")).toEqual([{ kind: "securityGroup", id: "Balancer", name: "shop-test-balancer" }]);
  });

  test("lets a caller out to the internet on one port, without opening a way in", () => {
    const synthesized = connect((_database, api) => api.connections.allowToInternet(443, "pulls images"));
    expect(rules(synthesized)).toEqual(["out api -> 0.0.0.0/0 tcp/443: pulls images"]);
    expect(synthesized.edges()).toEqual(["Api -> Internet (0.0.0.0/0) tcp/443: pulls images"]);
  });

  test("names what lies deeper by its whole path", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const shop = new Construct(stack, "Shop");
      const database = new Thing(shop, "Database", { mysql: 3306 });
      database.connections.allowFrom(new Thing(shop, "Api"), "reads orders");
    });
    expect(synthesized.edges()).toEqual(["Shop/Api -> Shop/Database tcp/3306: reads orders"]);
    expect(synthesized.addresses(VpcSecurityGroupIngressRule, VpcSecurityGroupEgressRule)).toEqual([
      expect.stringMatching(/^aws_vpc_security_group_egress_rule\.shop_api_to_shop_database(_mysql)?$/),
      expect.stringMatching(/^aws_vpc_security_group_ingress_rule\.shop_database_from_shop_api(_mysql)?$/),
    ]);
  });

  test("keeps every rule's address when a second port comes", () => {
    // A rule under another address is made before the same one under the old address goes, and EC2 refuses the second.
    const before = connect((database, api) => database.connections.allowFrom(api, "reads orders"));
    const after = synthesizeTestStack((stack) => {
      const database = new Thing<"mysql" | "admin">(stack, "Database", { mysql: 3306, admin: 33060 });
      database.connections.allowFrom(new Thing(stack, "Api"), "reads orders");
    });
    const types = [VpcSecurityGroupIngressRule, VpcSecurityGroupEgressRule];
    expect(after.addresses(...types)).toEqual(expect.arrayContaining(before.addresses(...types)));
  });

  test.each([
    ["an apostrophe and quotes", 'the shop\'s "orders"'],
    ["an arrow", "api → database"],
    ["more than 255 characters", "reads orders ".repeat(30)],
  ])("writes a reason with %s in the characters that EC2 takes, and whole in the inventory", (_what, because) => {
    const synthesized = connect((database, api) => database.connections.allowFrom(api, because));
    expect(synthesized.only(VpcSecurityGroupIngressRule)["description"]).toMatch(DESCRIPTION);
    expect(synthesized.only(VpcSecurityGroupEgressRule)["description"]).toMatch(DESCRIPTION);
    expect(synthesized.edges()).toEqual([`Api -> Database tcp/3306: ${because}`]);
  });

  test("refuses a caller where nothing listens", () => {
    expect(() => connect((database, api) => api.connections.allowFrom(database, "calls back"))).toThrow(
      "shop-test/Api/Connections: ports must name what listens here before somebody can connect, got {}",
    );
    expect(() => connect((_database, api) => api.connections.allowFromInternet("visitors"))).toThrow(
      "shop-test/Api/Connections: ports must name what listens here before somebody can connect, got {}",
    );
  });

  test("refuses a port that does not listen, naming those that do", () => {
    const listening = (database: Thing<"mysql">) => (database as Connectable).connections;
    const message = 'shop-test/Database/Connections: ports must have "admin" before somebody can connect to it, got ["mysql"]';
    expect(() => connect((database, api) => listening(database).allowFrom(api, "looks", "admin"))).toThrow(message);
    expect(() => connect((database) => listening(database).allowFromInternet("looks", "admin"))).toThrow(message);
    expect(() => connect((database) => listening(database).allowFromAddresses("Offices", [], "looks", "admin"))).toThrow(message);
    expect(() => connect((database) => listening(database).allowFromPrefixList("Aws", "list", "looks", "admin"))).toThrow(message);
  });
});
