import type { RegisterCommand } from "../cli/run-ops";

/** `ops origin-secret`: the secret header by which a public balancer knows CloudFront. */
export const registerOriginSecret: RegisterCommand = (program, context) => {
  const originSecret = program
    .command("origin-secret")
    .description("look after the secret by which a public balancer knows CloudFront")
    .helpCommand(false);
  originSecret
    .command("rotate")
    .description("put a new value into the secret that CloudFront does not send, and say how it comes into use")
    .argument("<root>", "root whose distribution it is")
    .option("--json", "print one JSON document")
    .action(async (root: string, { json = false }: { json?: boolean }) => {
      const { CloudFrontClient } = await import("@aws-sdk/client-cloudfront");
      const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
      const { inventoryOf } = await import("../cli/inventory");
      const { CLOUDFRONT_REGION } = await import("../cloudfront/live-distribution");
      const { rotateOriginSecret } = await import("../cloudfront/rotate-origin-secret");
      const inventory = await inventoryOf(root, context);
      const { secret, next } = await rotateOriginSecret({
        cloudfront: new CloudFrontClient({ region: CLOUDFRONT_REGION }),
        secrets: new SecretsManagerClient({ region: inventory.region }),
        inventory,
      });
      if (json) {
        context.print(JSON.stringify({ version: 1, root, secret, next }, null, 2));
        return;
      }
      context.print(`${secret} has a new value, which nobody sends yet`);
      context.print(`Next: 1. deploy ${root}, so that the balancer takes the new value beside the one that is sent;`);
      context.print(`      2. let config/ send "${next}" and deploy again, so that CloudFront sends it;`);
      context.print("      3. when CloudFront has taken that everywhere, rotate and deploy once more, which ends the old value.");
    });
};
