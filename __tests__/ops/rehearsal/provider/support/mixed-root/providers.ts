import type { TerraformJson } from "../../../../../../ops/rehearsal/provider/terraform-json";

/** Provider blocks of a root in two regions, with tags of their own. */
export const PROVIDERS = {
  terraform: {
    required_providers: { aws: { source: "aws", version: "6.25.0" }, cloudflare: { source: "cloudflare/cloudflare", version: "5.14.0" } },
    backend: { local: { path: "terraform.tfstate" } },
  },
  provider: {
    aws: [
      { region: "ap-south-1", allowed_account_ids: ["222222222222"], default_tags: [{ tags: { System: "shop" } }] },
      { alias: "edge", region: "us-east-1", allowed_account_ids: ["222222222222"], default_tags: [{ tags: { System: "edge" } }] },
    ],
    cloudflare: [{}],
  },
} as const satisfies TerraformJson;
