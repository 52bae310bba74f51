import type { RegisterCommand } from "../cli/run-ops";

interface Options {
  readonly paths: readonly string[];
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `ops cloudfront-clear-cache`: makes a root's distribution forget what it has cached. */
export const registerCloudfrontClearCache: RegisterCommand = (program, context) => {
  program
    .command("cloudfront-clear-cache")
    .description("make a root's CloudFront distribution forget what it has cached, for example after a release of the site")
    .argument("<root>", "root whose distribution it is")
    .option("--paths <paths...>", "what to forget, each with a star at its end at most", ["/*"])
    .option("--wait", "wait until it is forgotten everywhere")
    .option("--json", "print one JSON document")
    .action(async (root: string, { paths, wait = false, json = false }: Options) => {
      const { CloudFrontClient } = await import("@aws-sdk/client-cloudfront");
      const { inventoryOf } = await import("../cli/inventory");
      const { clearCache } = await import("../cloudfront/clear-cache");
      const { CLOUDFRONT_REGION } = await import("../cloudfront/live-distribution");
      const inventory = await inventoryOf(root, context);
      const client = new CloudFrontClient({ region: CLOUDFRONT_REGION });
      const cleared = await clearCache({ client, inventory, paths, wait, signal: context.signal });
      if (json) {
        context.print(JSON.stringify({ version: 1, root, ...cleared }, null, 2));
        return;
      }
      const { distribution, invalidation } = cleared;
      const state = wait ? "has forgotten" : "forgets, within minutes,";
      context.print(`${distribution.name} (${distribution.id}) ${state} ${paths.join(" ")}: invalidation ${invalidation.id}`);
    });
};
