import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { facts } from "../constructs/readings";
import type { Body } from "../support/synthesized";
import { synthesizeZelly, ZELLY, zellyConfig } from "./zelly-roots";

/** What every environment tells its operators. */
const OUTPUTS = ["aurora_endpoint", "clickhouse_address", "internal_tools_name", "redis_endpoint", "storefront_addresses"];

describe.each(ZELLY)("who reaches Zelly in %s", (environment, root) => {
  test("has the four balancers of the documents, and what they route to", () => {
    expect(
      facts(root(), "loadBalancer").map(({ name, type, listeners }) => [name, type, listeners.map(({ port, to }) => `${port} ${to}`)]),
    ).toEqual([
      ["alb-customer", "application", ["80 redirect to HTTPS", "443 customer-panel:5174"]],
      ["alb-nova", "application", ["80 redirect to HTTPS", "443 fastify-nova:3000"]],
      ["alb-orion", "application", ["80 redirect to HTTPS", "443 orion-backend:3022"]],
      ["nlb-storefront", "network", ["80 storefront:80", "443 storefront:443"]],
    ]);
    expect(
      root()
        .all(Lb)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["alb-customer", "alb-nova", "alb-orion", "nlb-storefront"]);
  });

  test("passes shop visitors through with their own addresses, from one Elastic IP in each zone", () => {
    const nlb = root().byName(Lb)["nlb_storefront"];
    expect(nlb).toMatchObject({ load_balancer_type: "network", enable_cross_zone_load_balancing: true });
    expect(nlb?.["subnet_mapping"]).toHaveLength(3);
    const targets = root()
      .all(LbTargetGroup)
      .filter(({ protocol }) => protocol === "TCP");
    expect(targets.map(({ port, preserve_client_ip }) => [port, preserve_client_ip])).toEqual([
      [80, "true"],
      [443, "true"],
    ]);
    expect(Object.keys(root().byName(Eip)).filter((name) => name.startsWith("nlb_storefront"))).toHaveLength(3);
  });

  test("lets each reach exactly what it needs", () => {
    const everywhere = [
      "AlbCustomer -> CustomerPanel tcp/5174: requests through alb-customer",
      "AlbNova -> FastifyNova tcp/3000: requests through alb-nova",
      "AlbOrion -> OrionBackend tcp/3022: requests through alb-orion",
      "Bastion -> Aurora tcp/3306: operators on the VPN",
      "Bastion -> Clickhouse tcp/8123: operators on the VPN",
      "Bastion -> Clickhouse tcp/9000: operators on the VPN",
      "Bastion -> CustomerPanel tcp/5174: operators on the VPN",
      "Bastion -> FastifyNova tcp/3000: operators on the VPN",
      "Bastion -> Internet (0.0.0.0/0) tcp/443: installs updates and images, and talks to AWS",
      "Bastion -> InternalTools tcp/3000: operators on the VPN",
      "Bastion -> InternalTools tcp/5540: operators on the VPN",
      "Bastion -> OrionBackend tcp/3022: operators on the VPN",
      "Bastion -> Redis tcp/6379: operators on the VPN",
      "Bastion -> Storefront tcp/443: operators on the VPN",
      "Bastion -> Storefront tcp/80: operators on the VPN",
      "Clickhouse -> Internet (0.0.0.0/0) tcp/443: installs updates and images, and talks to AWS",
      ...["CustomerPanel", "EventsConsumer", "FastifyNova", "InternalTools", "OrionBackend", "Storefront"].map(
        (service) => `${service} -> Internet (0.0.0.0/0) tcp/443: pulls images, reads secrets, writes logs, calls other companies`,
      ),
      "CustomerPanel -> Aurora tcp/3306: orders of a customer",
      "CustomerPanel -> Redis tcp/6379: caches",
      "EventsConsumer -> Clickhouse tcp/8123: writes events",
      "EventsConsumer -> Redis tcp/6379: takes events off the queue",
      "FastifyNova -> Aurora tcp/3306: orders and catalogues",
      "FastifyNova -> Redis tcp/6379: puts jobs on the queues, caches",
      "InternalTools -> Redis tcp/6379: shows queues and keys",
      "Internet (0.0.0.0/0) -> AlbCustomer tcp/443: visitors",
      "Internet (0.0.0.0/0) -> AlbCustomer tcp/80: visitors",
      "Internet (0.0.0.0/0) -> AlbNova tcp/443: visitors",
      "Internet (0.0.0.0/0) -> AlbNova tcp/80: visitors",
      "Internet (0.0.0.0/0) -> AlbOrion tcp/443: visitors",
      "Internet (0.0.0.0/0) -> AlbOrion tcp/80: visitors",
      "Internet (0.0.0.0/0) -> Bastion udp/51820: tunnels of developers, from wherever they are",
      "Internet (0.0.0.0/0) -> NlbStorefront tcp/443: visitors, and certificate authorities that check a name",
      "Internet (0.0.0.0/0) -> NlbStorefront tcp/80: visitors, and certificate authorities that check a name",
      "NlbStorefront -> Storefront tcp/443: visitors through nlb-storefront",
      "NlbStorefront -> Storefront tcp/80: visitors through nlb-storefront",
      "OrionBackend -> Aurora tcp/3306: back-office data",
      "OrionBackend -> Clickhouse tcp/8123: reads analytics",
      "OrionBackend -> Redis tcp/6379: puts Shopify jobs on the queues",
      "Storefront -> Aurora tcp/3306: catalogue pages",
      "Storefront -> CaddyFiles tcp/2049: mounts its files",
    ];
    const publicAurora = "AllowedAddresses (203.0.113.0/24) -> Aurora tcp/3306: developers reach staging without the VPN";
    expect(root().edges().sort()).toEqual([...everywhere, ...(environment === "staging" ? [publicAurora] : [])].sort());
  });

  test("opens nothing to the internet but balancers and the VPN server", () => {
    const open = Object.entries(root().byName(VpcSecurityGroupIngressRule)).filter(([, rule]) => rule["cidr_ipv4"] === "0.0.0.0/0");
    expect(open.map(([name, { from_port }]) => `${name} ${from_port}`).sort()).toEqual([
      "alb_customer_from_internet_http 80",
      "alb_customer_from_internet_https 443",
      "alb_nova_from_internet_http 80",
      "alb_nova_from_internet_https 443",
      "alb_orion_from_internet_http 80",
      "alb_orion_from_internet_https 443",
      "bastion_from_internet_wireguard 51820",
      "nlb_storefront_from_internet_http 80",
      "nlb_storefront_from_internet_https 443",
    ]);
  });

  test("has one NAT gateway, in public subnet a", () => {
    expect(root().only(NatGateway)).toMatchObject({ subnet_id: "${aws_subnet.network_public_a.id}" });
  });

  test("answers for the storefront's names without Cloudflare in between", () => {
    expect(root().byName(DnsRecord)["storefront_names"]).toMatchObject({
      for_each: `\${toset(var.domain_names.${environment}.storefront)}`,
      content: "${aws_lb.nlb_storefront.dns_name}",
      proxied: false,
    });
  });

  test("gives each VPN peer its configuration as an output, once the server has a key", () => {
    const outputs = root().json["output"] as Record<string, Body>;
    // Operators add and revoke peers: whoever they are, each has a file.
    const { serverPublicKey, peers } = zellyConfig(environment).wireguard;
    const files = serverPublicKey === undefined ? [] : Object.keys(peers).map((peer) => `wireguard_client_config_${peer}`);
    expect(Object.keys(outputs).sort()).toEqual([...OUTPUTS, ...files].sort());
    for (const name of files) {
      const file = String(outputs[name]?.["value"]);
      expect(file).toContain("PostUp = wg set %i private-key /etc/wireguard/%i.key");
      expect(file).not.toMatch(/PrivateKey/);
    }
  });
});

test("without a key of its VPN server, Zelly is the same but for the peers' configurations", () => {
  const config = zellyConfig("staging");
  const known = { peer1: { publicKey: "emVsbHktc3RhZ2luZy1wZWVyMS1mYWtlLWtleS0tLS0=", address: "10.10.0.2" } };
  const serverPublicKey = "emVsbHktc3RhZ2luZy1zZXJ2ZXItZmFrZS1rZXktLS0=";
  const [keyless, keyed] = [{ peers: known }, { serverPublicKey, peers: known }].map(
    (entry) => synthesizeZelly("staging", { ...config, wireguard: { cidr: config.wireguard.cidr, ...entry } }).json,
  );
  const { output, ...rest } = keyless ?? {};
  expect(keyed).toEqual({ ...rest, output: { ...(output as object), wireguard_client_config_peer1: expect.anything() } });
  expect(Object.keys(output ?? {}).sort()).toEqual(OUTPUTS);
});
