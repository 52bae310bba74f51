import type { Command } from "commander";
import type { Context } from "../cli/context";
import type { RegisterCommand } from "../cli/run-ops";

interface ChangeOptions {
  readonly offline?: boolean;
  readonly overwrite?: boolean;
}

/** `ops wireguard`: the VPN's peers and its server's key, without replacing or restarting the bastion. */
export const registerWireguard: RegisterCommand = (program, context) => {
  const wireguard = program.command("wireguard").description("look after a root's VPN: its server's key and its peers").helpCommand(false);
  registerServerKey(wireguard, context);
  registerAdd(wireguard, context);
  registerRevoke(wireguard, context);
  registerList(wireguard, context);
};

function registerServerKey(wireguard: Command, context: Context): void {
  wireguard
    .command("server-key")
    .description("make the server's key, or replace it: the private half goes to Secrets Manager, the public half into config/")
    .argument("<root>", "root whose VPN it is")
    .option("--yes", "do not ask before a key is replaced")
    .option("--adopt", "make no key: write the public half of the one in Secrets Manager into config/")
    .action(async (root: string, { yes = false, adopt = false }: { yes?: boolean; adopt?: boolean }) => {
      const { adoptServerKey, rotateServerKey } = await import("../wireguard/server-key");
      const { deskOf } = await import("../wireguard/desk");
      const desk = deskOf(root, context);
      await (adopt ? adoptServerKey(desk) : rotateServerKey(desk, yes));
    });
}

function registerAdd(wireguard: Command, context: Context): void {
  withReach(wireguard.command("add"))
    .description("let a peer in: into config/, and into the parameter that the server reads")
    .argument("<root>", "root whose VPN it is")
    .argument("<peer>", "name of the machine: lower-case letters, digits and underscores")
    .requiredOption("--public-key <key>", "what `wg pubkey` prints on the peer's own machine")
    .action(
      async (root: string, peer: string, { publicKey, offline = false, overwrite = false }: ChangeOptions & { publicKey: string }) => {
        const { addPeer } = await import("../wireguard/peers");
        const { deskOf } = await import("../wireguard/desk");
        await addPeer(deskOf(root, context), peer, publicKey, { offline, overwrite });
      },
    );
}

function registerRevoke(wireguard: Command, context: Context): void {
  withReach(wireguard.command("revoke"))
    .description("shut a peer out: out of config/, and out of the parameter that the server reads")
    .argument("<root>", "root whose VPN it is")
    .argument("<peer>", "name of the machine")
    .action(async (root: string, peer: string, { offline = false, overwrite = false }: ChangeOptions) => {
      const { revokePeer } = await import("../wireguard/peers");
      const { deskOf } = await import("../wireguard/desk");
      await revokePeer(deskOf(root, context), peer, { offline, overwrite });
    });
}

function registerList(wireguard: Command, context: Context): void {
  wireguard
    .command("list")
    .description("list the peers, and say whether the server has them too")
    .argument("<root>", "root whose VPN it is")
    .option("--offline", "do not ask AWS")
    .option("--json", "print one JSON document")
    .action(async (root: string, { offline = false, json = false }: { offline?: boolean; json?: boolean }) => {
      const { listPeers } = await import("../wireguard/peers");
      const { deskOf } = await import("../wireguard/desk");
      const peers = await listPeers(deskOf(root, context), offline);
      if (json) {
        context.print(JSON.stringify({ version: 1, root, peers }, null, 2));
        return;
      }
      const { peersTable } = await import("../wireguard/peers-table");
      context.print(peersTable(peers));
    });
}

function withReach(command: Command): Command {
  return command
    .option("--offline", "change config/ only; the next deployment does the rest")
    .option("--overwrite", "shut out live peers that config/ does not know");
}
