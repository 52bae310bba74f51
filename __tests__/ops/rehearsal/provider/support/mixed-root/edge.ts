import type { JsonObject } from "../../../../../../ops/rehearsal/provider/terraform-json";

/** How visitors come in. */
export const EDGE: JsonObject = {
  aws_lb: {
    api: {
      name: "shop-api",
      load_balancer_type: "application",
      subnets: "${values(aws_subnet.private)[*].id}",
      security_groups: ["${aws_security_group.api.id}"],
    },
  },
  aws_lb_target_group: {
    api: {
      name_prefix: "api-",
      port: 3000,
      protocol: "HTTP",
      target_type: "ip",
      vpc_id: "${aws_vpc.main.id}",
      health_check: [{ path: "/health" }],
    },
  },
  aws_lb_listener: {
    https: {
      load_balancer_arn: "${aws_lb.api.arn}",
      port: 443,
      protocol: "HTTPS",
      certificate_arn: "${aws_acm_certificate_validation.shop.certificate_arn}",
      default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.api.arn}" }],
    },
    http: {
      load_balancer_arn: "${aws_lb.api.arn}",
      port: 80,
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", port: "443", status_code: "HTTP_301" }] }],
    },
  },
  aws_lb_listener_rule: {
    api: {
      listener_arn: "${aws_lb_listener.https.arn}",
      priority: 10,
      action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.api.arn}" }],
      condition: [{ host_header: [{ values: ["api.shop.example"] }] }],
    },
  },
  aws_acm_certificate: {
    shop: { domain_name: "shop.example", subject_alternative_names: ["*.shop.example", "api.shop.example"], validation_method: "DNS" },
  },
  aws_acm_certificate_validation: {
    shop: {
      certificate_arn: "${aws_acm_certificate.shop.arn}",
      validation_record_fqdns: "${[for record in cloudflare_dns_record.validation : record.name]}",
    },
  },
  cloudflare_dns_record: {
    validation: {
      for_each:
        '${{for option in aws_acm_certificate.shop.domain_validation_options : option.domain_name => option if !startswith(option.domain_name, "*.")}}',
      zone_id: "0123456789abcdef0123456789abcdef",
      name: "${each.value.resource_record_name}",
      type: "${each.value.resource_record_type}",
      content: "${each.value.resource_record_value}",
      ttl: 60,
      proxied: false,
    },
    api: {
      zone_id: "0123456789abcdef0123456789abcdef",
      name: "api.shop.example",
      type: "CNAME",
      content: "${aws_lb.api.dns_name}",
      ttl: 1,
      proxied: true,
    },
  },
};
