import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import { OriginSecret } from "../../../constructs/edge/origin-secret";
import { addDistribution, FakeBalancer } from "../../constructs/edge/distribution-parts";
import { scratchFolder } from "../../support/project";
import { synthesizeTestStack } from "../../support/synthesized";

export const ACCOUNT = "111111111111";
export const NAME = "shop-test-site";
export const ARN = `arn:aws:cloudfront::${ACCOUNT}:distribution/E1`;

/** What a root with a site states, as synthesis writes it. */
export function inventoryWith(backend: "private" | "secret" | "no site"): InventoryDocument {
  return synthesizeTestStack((stack) => {
    if (backend === "no site") return;
    if (backend === "private") {
      addDistribution(stack);
      return;
    }
    const secretHeader = new OriginSecret(stack, "Secret", { name: "shop/origin", sends: "blue", protection: "protected" });
    const origin = { publicOrigin: new FakeBalancer(stack, "Balancer"), secretHeader };
    addDistribution(stack, { backend: { origin, paths: { api: "/api/*", websockets: "/ws/*" } } });
  }).inventory;
}

/** A project whose synthesis writes one root, `shop-test`, with the given inventory. */
export function projectWith(inventory: InventoryDocument): string {
  const folder = scratchFolder();
  const written = {
    "manifest.json": { stacks: { "shop-test": { name: "shop-test", workingDirectory: "stacks/shop-test" } } },
    "stacks/shop-test/cdk.tf.json": {},
    "inventory/shop-test.json": inventory,
  };
  mkdirSync(join(folder, "scripts"));
  writeFileSync(
    join(folder, "scripts", "synth.mjs"),
    `import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
for (const [file, content] of Object.entries(${JSON.stringify(written)})) {
  const path = join(process.env.CDKTF_OUTDIR, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}
`,
  );
  return folder;
}

/** A live distribution as AWS describes it, as far as operations on it look. */
export function liveConfig(change: Partial<DistributionConfig> = {}): DistributionConfig {
  return {
    CallerReference: "test",
    Comment: NAME,
    Enabled: true,
    Origins: {
      Quantity: 2,
      Items: [
        {
          Id: "site",
          DomainName: "shop-site.s3.eu-west-1.amazonaws.com",
          OriginAccessControlId: "EOAC",
          S3OriginConfig: { OriginAccessIdentity: "" },
        },
        {
          Id: "backend",
          DomainName: "alb.example.com",
          CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
        },
      ],
    },
    DefaultCacheBehavior: { TargetOriginId: "site", ViewerProtocolPolicy: "redirect-to-https" },
    ...change,
  };
}
