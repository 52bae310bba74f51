import { asText, elementsOf, isList, isSame, isWhollyKnown, type Value } from "../../protocol/value";
import type { ConfigView } from "../config-view";
import { isUnset, type PlanDraft } from "../plan-draft";
import type { SpecialCases } from "../special-case";

/** Block that an action's type needs. */
const ACTION_BLOCKS: Readonly<Record<string, string>> = {
  redirect: "redirect",
  "fixed-response": "fixed_response",
  "authenticate-cognito": "authenticate_cognito",
  "authenticate-oidc": "authenticate_oidc",
};

function checkAction(action: ConfigView): void {
  const type = action.text("type")?.toLowerCase();
  const block = ACTION_BLOCKS[type ?? ""];
  if (block !== undefined && action.isUnset(block)) action.fault(block, `must be set for an action of type "${type}"; add the block`);
  if (type === "forward" && action.isUnset("target_group_arn") && action.isUnset("forward")) {
    action.fault("target_group_arn", 'must be set for an action of type "forward", or a forward block instead; add one of them');
  }
}

/** Kinds of condition, of which each condition block holds one. */
const CONDITIONS = ["host_header", "http_header", "http_request_method", "path_pattern", "query_string", "source_ip"];

function checkCondition(condition: ConfigView): void {
  const set = CONDITIONS.filter((kind) => !condition.isUnset(kind));
  if (set.length !== 1)
    condition.fault(
      set[0] ?? "host_header",
      `exactly one kind of condition must be set (${CONDITIONS.join(", ")}), got ${set.join(", ") || "none"}`,
    );
}

function isGrown(before: Value, after: Value): boolean {
  return elementsOf(after).length > elementsOf(before).length;
}

/** True when every old element is in the new list. */
function isContained(before: Value, after: Value): boolean {
  return elementsOf(before).every((old) => elementsOf(after).some((element) => isSame(old, element)));
}

function planSubnets(draft: PlanDraft): void {
  const type = draft.value("load_balancer_type");
  const [subnets, mappings, groups] = [draft.value("subnets"), draft.value("subnet_mapping"), draft.value("security_groups")];
  const [oldSubnets, oldMappings, oldGroups] = [draft.before("subnets"), draft.before("subnet_mapping"), draft.before("security_groups")];
  // The provider looks at these only when the configuration is wholly known.
  if (type === "network") {
    draft.replaceWhen("subnets", isWhollyKnown(subnets) && !isGrown(oldSubnets, subnets));
    draft.replaceWhen(
      "subnet_mapping",
      isWhollyKnown(mappings) && (!isGrown(oldMappings, mappings) || !isContained(oldMappings, mappings)),
    );
    draft.replaceWhen("security_groups", isWhollyKnown(groups) && isUnset(oldGroups) !== isUnset(groups));
  }
  if (type === "application") {
    const isKept = isContained(oldMappings, mappings) || isContained(mappings, oldMappings);
    draft.replaceWhen(
      "subnet_mapping",
      isWhollyKnown(mappings) && (elementsOf(mappings).length === elementsOf(oldMappings).length || !isKept),
    );
  }
  if (draft.isChanged("subnets") && isList(subnets)) draft.recompute("subnet_mapping");
  if (draft.isChanged("subnet_mapping") && isList(mappings)) draft.recompute("subnets");
}

/** Arguments of one kind of load balancer: on the others they show no difference. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  application: [
    "client_keep_alive",
    "desync_mitigation_mode",
    "drop_invalid_header_fields",
    "enable_http2",
    "idle_timeout",
    "enable_xff_client_port",
    "xff_header_processing_mode",
    "preserve_host_header",
    "enable_waf_fail_open",
    "enable_tls_version_and_cipher_suite_headers",
  ],
  network: ["dns_record_client_routing_policy", "enforce_security_group_inbound_rules_on_private_link_traffic"],
};

function checkTargetGroup(config: ConfigView): void {
  if (config.text("target_type") !== "lambda") {
    for (const name of ["port", "protocol", "vpc_id"]) {
      if (config.isUnset(name)) config.fault(name, 'must be set unless target_type is "lambda"; set it');
    }
  }
  const slowStart = config.value("slow_start");
  if (typeof slowStart === "number" && slowStart !== 0 && (slowStart < 30 || slowStart > 900))
    config.fault("slow_start", `must be 0 or 30 to 900, got ${slowStart}`);
  config.each("health_check", (check) => {
    const protocol = check.text("protocol")?.toUpperCase();
    if (protocol !== "TCP") return;
    for (const name of ["matcher", "path"]) if (check.isSet(name)) check.fault(name, 'may not be set with protocol "TCP"; leave it out');
    if (["HTTP", "HTTPS"].includes(config.text("protocol")?.toUpperCase() ?? "")) {
      check.fault("protocol", `must be HTTP or HTTPS for a target group of protocol ${config.text("protocol")}, got "TCP"`);
    }
  });
}

function checkName(config: ConfigView): void {
  const name = config.text("name");
  if (name !== undefined && /^-|-$|^internal-/.test(name))
    config.fault("name", `must not begin or end with a hyphen, nor begin with internal-, got "${name}"`);
}

export const LOAD_BALANCING: SpecialCases = {
  aws_lb: {
    check: checkName,
    plan: (draft) => {
      planSubnets(draft);
      const type = asText(draft.value("load_balancer_type")) ?? "";
      for (const [kind, names] of Object.entries(ONLY_FOR)) if (kind !== type) for (const name of names) draft.keep(name);
    },
  },
  aws_lb_listener: {
    check: (config) => config.each("default_action", checkAction),
  },
  aws_lb_listener_rule: {
    check: (config) => {
      config.each("action", checkAction);
      config.each("condition", checkCondition, "set");
      const priority = config.value("priority");
      if (typeof priority === "number" && priority !== 99_999 && (priority < 1 || priority > 50_000)) {
        config.fault("priority", `must be 1 to 50000, or 99999 for the default rule, got ${priority}`);
      }
    },
  },
  aws_lb_target_group: { check: (config) => [checkName, checkTargetGroup].forEach((rules) => void rules(config)) },
};
