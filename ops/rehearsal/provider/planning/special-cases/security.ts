import { asText, blocksOf, elementsOf, isUnknown, isWhollyKnown, sortedSet, UNKNOWN, type Value } from "../../protocol/value";
import { isUnset, type PlanDraft } from "../plan-draft";
import type { SpecialCases } from "../special-case";

/** Names on a certificate: its own and the alternative ones. Unknown when one of them is. */
function certificateNames(domain: Value, alternatives: Value): readonly string[] | undefined {
  if (isUnknown(alternatives) || !isWhollyKnown(alternatives) || typeof domain !== "string") return undefined;
  const others = elementsOf(alternatives).filter((name) => typeof name === "string");
  return [...new Set([domain, ...others])];
}

/**
 * The validation records of a DNS certificate are planned with their names: without that, no `for_each` over them could be
 * planned. The record itself is known after apply.
 */
function planCertificate(draft: PlanDraft): void {
  const domain = draft.config["domain_name"] ?? null;
  const alternatives = draft.config["subject_alternative_names"] ?? null;
  if (typeof domain === "string" && alternatives !== null) {
    const names = certificateNames(domain, alternatives);
    draft.set("subject_alternative_names", names === undefined ? UNKNOWN : sortedSet(names));
  }
  const isDns = draft.value("validation_method") === "DNS";
  if (!isDns || !(draft.isNew("domain_name") || draft.isNew("subject_alternative_names"))) return;
  const names = certificateNames(domain, alternatives);
  const option = (name: string) => ({
    domain_name: name,
    resource_record_name: UNKNOWN,
    resource_record_type: UNKNOWN,
    resource_record_value: UNKNOWN,
  });
  draft.set("domain_validation_options", names === undefined ? UNKNOWN : sortedSet(names.map(option)));
}

function planParameter(draft: PlanDraft): void {
  const isSecretRewritten = draft.isChanged("value_wo_version");
  if (draft.isAnyChanged(["value", "description", "insecure_value"]) || isSecretRewritten || isUnknown(draft.value("value")))
    draft.recompute("version");
  if (draft.isChanged("insecure_value")) draft.recompute("value");
  if (isUnknown(draft.config["insecure_value"]) && draft.isChanged("value")) draft.recompute("insecure_value");
  if (isSecretRewritten) draft.recompute("has_value_wo");
  draft.replaceWhen("tier", draft.before("tier") === "Advanced" && draft.value("tier") === "Standard");
  if (draft.value("tier") === "Intelligent-Tiering") draft.keep("tier");
}

export const SECURITY: SpecialCases = {
  aws_acm_certificate: {
    plan: planCertificate,
    check: (config) => {
      if (config.isSet("domain_name") && config.isUnset("certificate_authority_arn") && config.isUnset("validation_method")) {
        config.fault("validation_method", "must be set with domain_name, unless certificate_authority_arn is; set DNS or EMAIL");
      }
      for (const name of elementsOf(config.value("subject_alternative_names"))) {
        if (typeof name === "string" && (name.endsWith(".") || name.length > 253)) {
          config.fault("subject_alternative_names", `must be 1 to 253 characters without a final dot, got "${name}"`);
        }
      }
    },
  },
  aws_ssm_parameter: {
    plan: planParameter,
    check: (config) => {
      if (config.text("type") === "SecureString" && config.isSet("insecure_value"))
        config.fault("insecure_value", 'may not be set with type "SecureString"; use value_wo');
    },
  },
  aws_secretsmanager_secret_version: {
    plan: (draft) => {
      if (draft.isAnyChanged(["secret_string", "secret_binary", "secret_string_wo_version"])) draft.recompute("version_id", "id", "arn");
    },
  },
  aws_iam_role: {
    check: (config) => {
      // U+2018, U+201C: the provider refuses opening quotes alone.
      if (/[\u2018\u201c]/.test(config.text("description") ?? ""))
        config.fault("description", "must not contain typographic quotes; write plain ones");
    },
  },
  aws_iam_role_policy: {
    check: (config) => {
      if (config.text("role")?.startsWith("arn:") === true)
        config.fault("role", `must be the role's name and not its ARN, got "${config.text("role")}"`);
    },
  },
  aws_iam_openid_connect_provider: {
    check: (config) => {
      const url = config.text("url");
      if (url !== undefined && !/^https:\/\/[^?]+$/.test(url))
        config.fault("url", `must begin with https:// and have no query, got "${url}"`);
    },
  },
  aws_cognito_user_pool_domain: {
    plan: (draft) =>
      draft.replaceWhen("certificate_arn", isUnset(draft.before("certificate_arn")) !== isUnset(draft.value("certificate_arn"))),
  },
  aws_config_configuration_recorder: {
    check: (config) => {
      const [group] = blocksOf(config.value("recording_group"));
      const strategy = asText(blocksOf(group?.["recording_strategy"])[0]?.["use_only"]);
      if (strategy === undefined || group === undefined) return;
      if (group["all_supported"] === true && strategy !== "ALL_SUPPORTED_RESOURCE_TYPES") {
        config.fault("recording_group", `all_supported = true needs the strategy ALL_SUPPORTED_RESOURCE_TYPES, got ${strategy}`);
      }
    },
  },
};
