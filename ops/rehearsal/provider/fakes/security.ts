import { elementsOf, type Value } from "../protocol/value";
import { FAKE_TIME, type Fake, type FakeResource, type Fakes, fixed, same } from "./fake-resource";

const named =
  (prefix: string): Fake =>
  (r) =>
    r.generatedName(r.text("name_prefix") || prefix);

function pathOf(r: FakeResource): string {
  return r.text("path") || "/";
}

/** The six characters that Secrets Manager ends an ARN in. */
function secretArn(r: FakeResource): string {
  return r.arn("secretsmanager", `secret:${r.text("name")}-Fa${String(r.serial()).padStart(4, "0")}`);
}

/**
 * DNS records that prove the names of a certificate. A wildcard has the record of the name that it stands under, as in ACM.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
function validationOptions(r: FakeResource): Value {
  if (r.text("validation_method") !== "DNS") return [];
  const alternatives = elementsOf(r.value("subject_alternative_names")).filter((name) => typeof name === "string");
  return [...new Set([r.text("domain_name"), ...alternatives])].map((name) => {
    const host = name.replace(/^\*\./, "");
    const token = Buffer.from(host).toString("hex").slice(0, 24).padEnd(24, "0");
    return {
      domain_name: name,
      resource_record_name: `_fake${token}.${host}.`,
      resource_record_type: "CNAME",
      resource_record_value: `_fake${token}.fake.acm-validations.aws.`,
    };
  });
}

export const SECURITY_FAKES: Readonly<Record<string, Fakes>> = {
  aws_iam_role: {
    id: same("name"),
    name: named("terraform-"),
    arn: (r) => r.globalArn("iam", `role${pathOf(r)}${r.text("name")}`),
    create_date: fixed(FAKE_TIME),
    managed_policy_arns: fixed([]),
    unique_id: (r) => r.letters("AROA", 21),
  },
  aws_iam_policy: {
    id: same("arn"),
    name: named("terraform-"),
    arn: (r) => r.globalArn("iam", `policy${pathOf(r)}${r.text("name")}`),
    attachment_count: fixed(0),
    policy_id: (r) => r.letters("ANPA", 21),
  },
  aws_iam_role_policy: { id: (r) => `${r.text("role")}:${r.text("name")}`, name: named("terraform-") },
  aws_iam_role_policy_attachment: { id: (r) => `${r.text("role")}/${r.text("policy_arn")}` },
  aws_iam_instance_profile: {
    id: same("name"),
    name: named("terraform-"),
    arn: (r) => r.globalArn("iam", `instance-profile${pathOf(r)}${r.text("name")}`),
    create_date: fixed(FAKE_TIME),
    unique_id: (r) => r.letters("AIPA", 21),
  },
  aws_iam_openid_connect_provider: {
    id: same("arn"),
    arn: (r) => r.globalArn("iam", `oidc-provider/${r.text("url").replace(/^https:\/\//, "")}`),
    thumbprint_list: fixed(["fa4e000000000000000000000000000000000000"]),
  },
  aws_iam_account_password_policy: { id: fixed("iam-account-password-policy"), expire_passwords: fixed(false) },
  aws_secretsmanager_secret: { id: same("arn"), name: named("terraform-"), arn: secretArn, policy: fixed("") },
  aws_secretsmanager_secret_version: {
    id: (r) => `${r.text("secret_id")}|${r.text("version_id")}`,
    arn: same("secret_id"),
    version_id: (r) => `terraform-${r.uuid()}`,
    version_stages: fixed(["AWSCURRENT"]),
    has_secret_string_wo: (r) => r.value("secret_string_wo_version") !== null,
  },
  aws_secretsmanager_secret_policy: { id: same("secret_arn") },
  aws_secretsmanager_secret_rotation: { id: same("secret_id"), rotation_enabled: fixed(true) },
  aws_ssm_parameter: {
    id: same("name"),
    arn: (r) => r.arn("ssm", `parameter/${r.text("name").replace(/^\//, "")}`),
    data_type: fixed("text"),
    has_value_wo: (r) => r.value("value_wo_version") !== null,
    insecure_value: fixed(null),
    key_id: (r) => (r.text("type") === "SecureString" ? "alias/aws/ssm" : ""),
    tier: fixed("Standard"),
    value: same("insecure_value"),
    version: (r) => Number(r.before("version") ?? 0) + 1,
  },
  aws_kms_key: {
    id: same("key_id"),
    key_id: (r) => r.uuid(),
    arn: (r) => r.arn("kms", `key/${r.text("key_id")}`),
    description: fixed(""),
    multi_region: fixed(false),
    policy: (r) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: r.globalArn("iam", "root") }, Action: "kms:*", Resource: "*" }],
      }),
    rotation_period_in_days: (r) => (r.value("enable_key_rotation") === true ? 365 : null),
  },
  aws_kms_alias: {
    id: same("name"),
    name: (r) => r.generatedName(r.text("name_prefix") || "alias/"),
    arn: (r) => r.arn("kms", r.text("name")),
    target_key_arn: (r) =>
      r.text("target_key_id").startsWith("arn:") ? r.text("target_key_id") : r.arn("kms", `key/${r.text("target_key_id")}`),
  },
  aws_kms_key_policy: { id: same("key_id") },
  aws_acm_certificate: {
    id: same("arn"),
    arn: (r) => r.arn("acm", `certificate/${r.uuid()}`),
    domain_validation_options: validationOptions,
    key_algorithm: fixed("RSA_2048"),
    not_after: fixed(""),
    not_before: fixed(""),
    pending_renewal: fixed(false),
    renewal_eligibility: fixed("INELIGIBLE"),
    renewal_summary: fixed([]),
    status: fixed("PENDING_VALIDATION"),
    subject_alternative_names: (r) => [r.text("domain_name")],
    type: fixed("AMAZON_ISSUED"),
    validation_emails: fixed([]),
    validation_method: fixed("NONE"),
  },
  aws_acm_certificate_validation: { id: fixed("2000-01-01 00:00:00 +0000 UTC") },
  aws_cognito_user_pool: {
    id: (r) => `${r.place.region}_Fake${String(r.serial()).padStart(5, "0")}`,
    arn: (r) => r.arn("cognito-idp", `userpool/${r.text("id")}`),
    creation_date: fixed(FAKE_TIME),
    last_modified_date: fixed(FAKE_TIME),
    custom_domain: fixed(""),
    domain: fixed(""),
    endpoint: (r) => `${r.host("cognito-idp")}/${r.text("id")}`,
    email_verification_message: fixed(""),
    email_verification_subject: fixed(""),
    estimated_number_of_users: fixed(0),
    sms_verification_message: fixed(""),
  },
  aws_cognito_user_pool_client: { id: (r) => r.word(26), client_secret: (r) => (r.value("generate_secret") === true ? r.word(52) : "") },
  aws_cognito_user_pool_domain: {
    id: same("domain"),
    cloudfront_distribution: (r) => `${r.word(14)}.cloudfront.net`,
    cloudfront_distribution_arn: (r) => r.text("cloudfront_distribution"),
    // CloudFront's own zone: the same for every distribution.
    cloudfront_distribution_zone_id: fixed("Z2FDTNDATAQYW2"),
    s3_bucket: fixed("fake-cognito-assets"),
    version: fixed("2000010100000"),
  },
  aws_cognito_identity_provider: { id: (r) => `${r.text("user_pool_id")}:${r.text("provider_name")}` },
  aws_wafv2_web_acl: {
    id: (r) => r.uuid(),
    name: named("terraform-"),
    arn: (r) => r.arn("wafv2", `${r.text("scope") === "CLOUDFRONT" ? "global" : "regional"}/webacl/${r.text("name")}/${r.text("id")}`),
    application_integration_url: fixed(""),
    capacity: fixed(1),
    lock_token: (r) => r.uuid(),
  },
  aws_wafv2_ip_set: {
    id: (r) => r.uuid(),
    name: named("terraform-"),
    arn: (r) => r.arn("wafv2", `${r.text("scope") === "CLOUDFRONT" ? "global" : "regional"}/ipset/${r.text("name")}/${r.text("id")}`),
    lock_token: (r) => r.uuid(),
  },
  aws_wafv2_web_acl_association: { id: (r) => `${r.text("web_acl_arn")},${r.text("resource_arn")}` },
  aws_wafv2_web_acl_logging_configuration: { id: same("resource_arn") },
  aws_guardduty_detector: { id: (r) => r.uuid().replaceAll("-", ""), arn: (r) => r.arn("guardduty", `detector/${r.text("id")}`) },
  aws_guardduty_detector_feature: { id: (r) => `${r.text("detector_id")}/${r.text("name")}` },
  aws_accessanalyzer_analyzer: { id: same("analyzer_name"), arn: (r) => r.arn("access-analyzer", `analyzer/${r.text("analyzer_name")}`) },
  aws_cloudtrail: {
    id: same("arn"),
    arn: (r) => r.arn("cloudtrail", `trail/${r.text("name")}`),
    home_region: (r) => r.place.region,
    sns_topic_arn: fixed(""),
  },
  aws_config_config_rule: {
    id: same("name"),
    arn: (r) => r.arn("config", `config-rule/${r.text("rule_id")}`),
    rule_id: (r) => `config-rule-${r.word(6)}`,
  },
  aws_config_configuration_recorder: { id: same("name") },
  aws_config_configuration_recorder_status: { id: same("name") },
  aws_config_delivery_channel: { id: same("name") },
};
