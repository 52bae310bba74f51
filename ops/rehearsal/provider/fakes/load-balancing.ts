import { elementsOf } from "../protocol/value";
import { type Fake, type Fakes, fixed, same } from "./fake-resource";

/** Start of the names that the provider makes up, by type. */
const LISTENER_PATH: Readonly<Record<string, string>> = { application: "app", network: "net", gateway: "gwy" };

const HASH_LENGTH = 16;

/** Headers of a listener: unset until the configuration names them. */
const HEADERS = [
  "request_x_amzn_mtls_clientcert",
  "request_x_amzn_mtls_clientcert_issuer",
  "request_x_amzn_mtls_clientcert_leaf",
  "request_x_amzn_mtls_clientcert_serial_number",
  "request_x_amzn_mtls_clientcert_subject",
  "request_x_amzn_mtls_clientcert_validity",
  "request_x_amzn_tls_cipher_suite",
  "request_x_amzn_tls_version",
  "response_access_control_allow_credentials",
  "response_access_control_allow_headers",
  "response_access_control_allow_methods",
  "response_access_control_allow_origin",
  "response_access_control_expose_headers",
  "response_access_control_max_age",
  "response_content_security_policy",
  "response_strict_transport_security",
  "response_x_content_type_options",
  "response_x_frame_options",
].map((header): [string, Fake] => [`routing_http_${header}_header_${header.startsWith("request") ? "name" : "value"}`, fixed("")]);

/** Health checks: what AWS sets when the configuration leaves it out, by the group's protocol. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const isHttp = (protocol: string): boolean => protocol === "HTTP" || protocol === "HTTPS";

export const LOAD_BALANCING_FAKES: Readonly<Record<string, Fakes>> = {
  aws_lb: {
    id: same("arn"),
    arn: (r) =>
      r.arn(
        "elasticloadbalancing",
        `loadbalancer/${LISTENER_PATH[r.text("load_balancer_type")] ?? "app"}/${r.text("name")}/${r.word(HASH_LENGTH)}`,
      ),
    arn_suffix: (r) => r.text("arn").split(":loadbalancer/")[1] ?? "",
    dns_name: (r) =>
      `${r.value("internal") === true ? "internal-" : ""}${r.text("name")}-${r.serial()}.fake.${r.place.region}.elb.${r.place.dnsSuffix}`,
    name: (r) => r.generatedName(r.text("name_prefix") || "tf-lb-"),
    internal: fixed(false),
    ip_address_type: fixed("ipv4"),
    security_groups: (r) => (r.text("load_balancer_type") === "application" ? [r.hexId("sg")] : []),
    subnets: (r) =>
      elementsOf(r.value("subnet_mapping")).flatMap((mapping) =>
        typeof mapping === "object" && mapping !== null && "subnet_id" in mapping ? [mapping.subnet_id ?? null] : [],
      ),
    vpc_id: (r) => r.hexId("vpc"),
    zone_id: (r) => r.letters("Z", 14),
    enforce_security_group_inbound_rules_on_private_link_traffic: fixed(""),
    "subnet_mapping.outpost_id": fixed(""),
  },
  aws_lb_listener: {
    id: same("arn"),
    arn: (r) => `${r.text("load_balancer_arn").replace(":loadbalancer/", ":listener/")}/${r.word(HASH_LENGTH)}`,
    protocol: (r) => (r.text("certificate_arn") === "" ? "HTTP" : "HTTPS"),
    ssl_policy: (r) => (["HTTPS", "TLS"].includes(r.text("protocol")) ? "ELBSecurityPolicy-2016-08" : ""),
    tcp_idle_timeout_seconds: (r) => (r.text("protocol") === "TCP" ? 350 : null),
    ...Object.fromEntries(HEADERS),
    routing_http_response_server_enabled: (r) => (isHttp(r.text("protocol")) ? true : null),
    "default_action.order": fixed(1),
  },
  aws_lb_listener_rule: {
    id: same("arn"),
    arn: (r) => `${r.text("listener_arn").replace(":listener/", ":listener-rule/")}/${r.word(HASH_LENGTH)}`,
    priority: (r) => r.serial(),
    "action.order": fixed(1),
  },
  aws_lb_target_group: {
    id: same("arn"),
    arn: (r) => r.arn("elasticloadbalancing", `targetgroup/${r.text("name")}/${r.word(HASH_LENGTH)}`),
    arn_suffix: (r) => r.text("arn").split(":").at(-1) ?? "",
    name: (r) => r.generatedName(r.text("name_prefix") || "tf-"),
    load_balancer_arns: fixed([]),
    connection_termination: fixed(null),
    ip_address_type: fixed("ipv4"),
    load_balancing_algorithm_type: (r) => (isHttp(r.text("protocol")) ? "round_robin" : null),
    load_balancing_anomaly_mitigation: (r) => (isHttp(r.text("protocol")) ? "off" : null),
    load_balancing_cross_zone_enabled: fixed("use_load_balancer_configuration"),
    preserve_client_ip: (r) => (isHttp(r.text("protocol")) ? null : String(r.text("target_type") !== "ip")),
    protocol_version: (r) => (isHttp(r.text("protocol")) ? "HTTP1" : null),
    "health_check.matcher": (r) => (isHttp(r.text("protocol")) ? "200" : ""),
    "health_check.path": (r) => (isHttp(r.text("protocol")) ? "/" : ""),
    "health_check.timeout": (r) => (isHttp(r.text("protocol")) ? 5 : 10),
  },
  aws_lb_listener_certificate: { id: (r) => `${r.text("listener_arn")}_${r.text("certificate_arn")}` },
  aws_lb_target_group_attachment: { id: (r) => `${r.text("target_group_arn")}-${r.serial()}` },
};
