import { dirname } from "node:path";
import { processContext } from "./cli/context";
import { type RegisterCommand, runOps } from "./cli/run-ops";
import { registerAddresses } from "./commands/addresses";
import { registerCloudfrontClearCache } from "./commands/cloudfront-clear-cache";
import { registerDocs } from "./commands/docs";
import { registerMsk } from "./commands/msk";
import { registerOriginSecret } from "./commands/origin-secret";
import { registerRedisToken } from "./commands/redis-token";
import { registerRehearse } from "./commands/rehearse";
import { registerTerraform } from "./commands/terraform";
import { registerThrowAwayCheck } from "./commands/throw-away-check";
import { registerValidate } from "./commands/validate";
import { registerWireguard } from "./commands/wireguard";

const COMMANDS: readonly RegisterCommand[] = [
  registerRehearse,
  registerAddresses,
  registerDocs,
  registerRedisToken,
  registerWireguard,
  registerMsk,
  registerValidate,
  registerCloudfrontClearCache,
  registerOriginSecret,
  registerTerraform,
  registerThrowAwayCheck,
];

// The AWS SDK says on every run which Node its later releases want. The lock file pins the release that is used.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// Both dist/, where this file is bundled to, and ops/ stand in the project's root.
void runOps(process.argv.slice(2), processContext(dirname(__dirname)), COMMANDS);
