import type { RegisterCommand } from "../cli/run-ops";

/** `ops redis-token`: gives a root's Redis another AUTH token. */
export const registerRedisToken: RegisterCommand = (program, context) => {
  program
    .command("redis-token")
    .description("make another AUTH token for a root's Redis: cache, secret and services, one after the other, without an outage")
    .argument("<root>", "root whose Redis it is")
    .option("--yes", "do not ask")
    .action(async (root: string, { yes = false }: { yes?: boolean }) => {
      const { redisToken } = await import("../redis/redis-token");
      await redisToken(root, yes, context);
    });
};
