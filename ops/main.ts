import { dirname } from "node:path";
import { processContext } from "./cli/context";
import { type RegisterCommand, runOps } from "./cli/run-ops";
import { registerAddresses } from "./commands/addresses";
import { registerDocs } from "./commands/docs";
import { registerRedisToken } from "./commands/redis-token";
import { registerRehearse } from "./commands/rehearse";
import { registerTerraform } from "./commands/terraform";
import { registerThrowAwayCheck } from "./commands/throw-away-check";
import { registerWireguard } from "./commands/wireguard";

const COMMANDS: readonly RegisterCommand[] = [
  registerRehearse,
  registerAddresses,
  registerDocs,
  registerRedisToken,
  registerWireguard,
  registerTerraform,
  registerThrowAwayCheck,
];

// Both dist/, where this file is bundled to, and ops/ stand in the project's root.
void runOps(process.argv.slice(2), processContext(dirname(__dirname)), COMMANDS);
