import { FAKE_TIME, type Fake, type FakeResource, type Fakes, fixed, same } from "./fake-resource";

const apiArn = (r: FakeResource, path: string): string => `arn:${r.place.partition}:apigateway:${r.place.region}::${path}`;

/** Ids that the provider joins out of arguments. */
const joined =
  (prefix: string, ...names: readonly string[]): Fake =>
  (r) =>
    [prefix, ...names.map((name) => r.text(name))].filter((part) => part !== "").join("-");

const etag: Fake = (r) => r.letters("E", 14);

/** CloudFront's own zone: the same for every distribution. @see https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

const bucketCompanion: Fakes = { id: (r) => [r.text("bucket"), r.text("expected_bucket_owner")].filter((part) => part !== "").join(",") };

export const DELIVERY_FAKES: Readonly<Record<string, Fakes>> = {
  aws_ecr_repository: {
    id: same("name"),
    arn: (r) => r.arn("ecr", `repository/${r.text("name")}`),
    repository_url: (r) => `${r.place.account}.dkr.ecr.${r.place.region}.${r.place.dnsSuffix}/${r.text("name")}`,
    "encryption_configuration.kms_key": fixed(""),
  },
  aws_ecr_lifecycle_policy: { id: same("repository") },
  aws_ecr_repository_policy: { id: same("repository") },
  aws_s3_bucket: {
    id: same("bucket"),
    bucket: (r) => r.generatedName(r.text("bucket_prefix") || "terraform-"),
    arn: (r) => `arn:${r.place.partition}:s3:::${r.text("bucket")}`,
    acceleration_status: fixed(""),
    acl: fixed(null),
    bucket_domain_name: (r) => `${r.text("bucket")}.s3.${r.place.dnsSuffix}`,
    bucket_region: (r) => r.place.region,
    bucket_regional_domain_name: (r) => `${r.text("bucket")}.s3.${r.place.region}.${r.place.dnsSuffix}`,
    hosted_zone_id: (r) => r.letters("Z", 14),
    object_lock_enabled: fixed(false),
    policy: fixed(""),
    request_payer: fixed("BucketOwner"),
    website_domain: fixed(null),
    website_endpoint: fixed(null),
  },
  aws_s3_bucket_cors_configuration: bucketCompanion,
  aws_s3_bucket_intelligent_tiering_configuration: { id: (r) => `${r.text("bucket")}:${r.text("name")}` },
  aws_s3_bucket_lifecycle_configuration: {
    ...bucketCompanion,
    expected_bucket_owner: fixed(""),
    transition_default_minimum_object_size: fixed("all_storage_classes_128K"),
    "rule.prefix": fixed(""),
  },
  aws_s3_bucket_logging: bucketCompanion,
  aws_s3_bucket_notification: {
    id: same("bucket"),
    "lambda_function.id": (r) => r.generatedName("tf-s3-lambda-"),
    "queue.id": (r) => r.generatedName("tf-s3-queue-"),
    "topic.id": (r) => r.generatedName("tf-s3-topic-"),
  },
  aws_s3_bucket_object_lock_configuration: bucketCompanion,
  aws_s3_bucket_ownership_controls: { id: same("bucket") },
  aws_s3_bucket_policy: { id: same("bucket") },
  aws_s3_bucket_public_access_block: { id: same("bucket") },
  aws_s3_bucket_server_side_encryption_configuration: bucketCompanion,
  aws_s3_bucket_versioning: { ...bucketCompanion, "versioning_configuration.mfa_delete": fixed("") },
  aws_s3_object: {
    id: same("key"),
    arn: (r) => `arn:${r.place.partition}:s3:::${r.text("bucket")}/${r.text("key")}`,
    acl: fixed(null),
    bucket_key_enabled: fixed(false),
    content_type: fixed("application/octet-stream"),
    etag: (r) => `fa4e${String(r.serial()).padStart(28, "0")}`,
    checksum_crc32: fixed(""),
    checksum_crc32c: fixed(""),
    checksum_crc64nvme: fixed(""),
    checksum_sha1: fixed(""),
    checksum_sha256: fixed(""),
    kms_key_id: fixed(null),
    server_side_encryption: fixed("AES256"),
    storage_class: fixed("STANDARD"),
    version_id: (r) => r.word(32),
  },
  aws_cloudfront_distribution: {
    id: (r) => r.letters("E", 14),
    arn: (r) => r.globalArn("cloudfront", `distribution/${r.text("id")}`),
    caller_reference: (r) => r.generatedName("terraform-"),
    continuous_deployment_policy_id: fixed(""),
    domain_name: (r) => `${r.word(14)}.cloudfront.net`,
    etag,
    hosted_zone_id: fixed(CLOUDFRONT_ZONE),
    in_progress_validation_batches: fixed(0),
    last_modified_time: fixed(FAKE_TIME),
    logging_v1_enabled: fixed(false),
    status: fixed("Deployed"),
    trusted_key_groups: fixed([{ enabled: false, items: [] }]),
    trusted_signers: fixed([{ enabled: false, items: [] }]),
  },
  aws_cloudfront_function: {
    id: same("name"),
    arn: (r) => r.globalArn("cloudfront", `function/${r.text("name")}`),
    etag,
    live_stage_etag: etag,
    status: fixed("UNASSOCIATED"),
  },
  aws_cloudfront_cache_policy: { id: (r) => r.uuid(), arn: (r) => r.globalArn("cloudfront", `cache-policy/${r.text("id")}`), etag },
  aws_cloudfront_origin_request_policy: {
    id: (r) => r.uuid(),
    arn: (r) => r.globalArn("cloudfront", `origin-request-policy/${r.text("id")}`),
    etag,
  },
  aws_cloudfront_response_headers_policy: {
    id: (r) => r.uuid(),
    arn: (r) => r.globalArn("cloudfront", `response-headers-policy/${r.text("id")}`),
    etag,
  },
  aws_cloudfront_origin_access_control: {
    id: (r) => r.letters("E", 14),
    arn: (r) => r.globalArn("cloudfront", `origin-access-control/${r.text("id")}`),
    etag,
  },
  aws_cloudfront_vpc_origin: { id: (r) => `vo_${r.word(22)}`, arn: (r) => r.globalArn("cloudfront", `vpcorigin/${r.text("id")}`), etag },
  aws_api_gateway_rest_api: {
    id: (r) => r.word(10),
    arn: (r) => apiArn(r, `/restapis/${r.text("id")}`),
    created_date: fixed(FAKE_TIME),
    execution_arn: (r) => r.arn("execute-api", r.text("id")),
    root_resource_id: (r) => r.word(10),
    api_key_source: fixed("HEADER"),
    disable_execute_api_endpoint: fixed(false),
    minimum_compression_size: fixed(""),
    policy: fixed(""),
    description: fixed(""),
  },
  aws_api_gateway_resource: { id: (r) => r.word(10), path: (r) => `/${r.text("path_part")}` },
  aws_api_gateway_method: { id: joined("agm", "rest_api_id", "resource_id", "http_method") },
  aws_api_gateway_method_response: { id: joined("agmr", "rest_api_id", "resource_id", "http_method", "status_code") },
  aws_api_gateway_integration: {
    id: joined("agi", "rest_api_id", "resource_id", "http_method"),
    cache_namespace: same("resource_id"),
    passthrough_behavior: fixed("WHEN_NO_MATCH"),
  },
  aws_api_gateway_integration_response: { id: joined("agir", "rest_api_id", "resource_id", "http_method", "status_code") },
  aws_api_gateway_gateway_response: { id: joined("aggr", "rest_api_id", "response_type") },
  aws_api_gateway_method_settings: { id: joined("", "rest_api_id", "stage_name", "method_path") },
  aws_api_gateway_deployment: { id: (r) => r.word(6), created_date: fixed(FAKE_TIME) },
  aws_api_gateway_stage: {
    id: joined("ags", "rest_api_id", "stage_name"),
    arn: (r) => apiArn(r, `/restapis/${r.text("rest_api_id")}/stages/${r.text("stage_name")}`),
    execution_arn: (r) => r.arn("execute-api", `${r.text("rest_api_id")}/${r.text("stage_name")}`),
    invoke_url: (r) => `https://${r.text("rest_api_id")}.${r.host("execute-api")}/${r.text("stage_name")}`,
    web_acl_arn: fixed(""),
  },
  aws_api_gateway_domain_name: {
    id: same("domain_name"),
    arn: (r) => apiArn(r, `/domainnames/${r.text("domain_name")}`),
    certificate_upload_date: fixed(FAKE_TIME),
    cloudfront_domain_name: (r) => `${r.word(14)}.cloudfront.net`,
    cloudfront_zone_id: fixed(CLOUDFRONT_ZONE),
    domain_name_id: fixed(""),
    ownership_verification_certificate_arn: fixed(""),
    regional_domain_name: (r) => `d-${r.word(10)}.${r.host("execute-api")}`,
    regional_zone_id: (r) => r.letters("Z", 14),
    security_policy: fixed("TLS_1_2"),
  },
  aws_api_gateway_base_path_mapping: { id: (r) => `${r.text("domain_name")}/${r.text("base_path")}` },
  aws_api_gateway_vpc_link: { id: (r) => r.word(6), arn: (r) => apiArn(r, `/vpclinks/${r.text("id")}`) },
  aws_api_gateway_usage_plan: { id: (r) => r.word(6), arn: (r) => apiArn(r, `/usageplans/${r.text("id")}`) },
  aws_api_gateway_authorizer: {
    id: (r) => r.word(6),
    arn: (r) => apiArn(r, `/restapis/${r.text("rest_api_id")}/authorizers/${r.text("id")}`),
  },
  aws_api_gateway_account: {
    id: fixed("api-gateway-account"),
    api_key_version: fixed("4"),
    features: fixed(["UsagePlans"]),
    throttle_settings: fixed([{ burst_limit: 5000, rate_limit: 10_000 }]),
  },
};
