import type { Command } from "commander";
import type { Context } from "../cli/context";
import type { RegisterCommand } from "../cli/run-ops";
import type { PhaseDesk } from "../msk/phase-live";
import type { TopicsDesk } from "../msk/topics-function";

interface Options {
  readonly allowDelete?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
}

/**
 * `ops msk`: a root's Kafka. Its topics are made here, and not by Terraform, which cannot reach private brokers; and here an
 * operator sees which phase of its connections comes next.
 */
export const registerMsk: RegisterCommand = (program, context) => {
  const msk = program.command("msk").description("look after a root's Kafka cluster").helpCommand(false);
  msk
    .command("phase")
    .description("show which connections the live cluster takes, which ones config/ asks for, and what to deploy next")
    .argument("<root>", "root whose cluster it is")
    .option("--json", "print one JSON document")
    .action(async (root: string, { json = false }: Options) => {
      const { showPhase } = await import("../msk/phase");
      await showPhase(await phaseDeskOf(root, context), context, { json });
    });
  const topics = msk.command("topics").description("the cluster's topics, as config/ has them").helpCommand(false);
  withOptions(topics.command("plan"))
    .description("show what apply would do")
    .action(async (root: string, { allowDelete = false, json = false }: Options) => {
      const { planTopics } = await import("../msk/topics");
      await planTopics(await deskOf(root, context), context, { allowDelete, json });
    });
  withOptions(topics.command("apply"))
    .description("show the plan, then create topics, add partitions, change settings, and delete where that is allowed")
    .option("--yes", "do not ask before topics are deleted")
    .action(async (root: string, { allowDelete = false, json = false, yes = false }: Options) => {
      const { applyTopics } = await import("../msk/topics");
      await applyTopics(await deskOf(root, context), context, { allowDelete, json, yes });
    });
};

function withOptions(command: Command): Command {
  return command
    .argument("<root>", "root whose cluster it is")
    .option("--allow-delete", "delete topics that are not in config/, with their messages")
    .option("--json", "print one JSON document");
}

/** The real desk: the root's own facts, and Lambda in its region. */
async function deskOf(root: string, context: Context): Promise<TopicsDesk> {
  const { LambdaClient } = await import("@aws-sdk/client-lambda");
  const { readInventories, rootPart } = await import("../cli/inventory");
  const { isTopics } = await import("../msk/topics-function");
  const { inventory, part: fact } = await rootPart(root, (only) => readInventories(context, only), isTopics, "Kafka topics");
  // A second try would ask for the same changes again; and the answer takes as long as the function may.
  const requestHandler = { requestTimeout: (fact.timeoutSeconds + 10) * 1000, throwOnRequestTimeout: true };
  const client = new LambdaClient({ region: inventory.region, maxAttempts: 1, requestHandler });
  return { inventory, fact, client, signal: context.signal };
}

/** The real desk: the root's own facts, and MSK in its region. */
async function phaseDeskOf(root: string, context: Context): Promise<PhaseDesk> {
  const { KafkaClient } = await import("@aws-sdk/client-kafka");
  const { STSClient } = await import("@aws-sdk/client-sts");
  const { readInventories, rootPart } = await import("../cli/inventory");
  const { isKafka } = await import("../msk/phase");
  const { inventory, part: fact } = await rootPart(root, (only) => readInventories(context, only), isKafka, "Kafka cluster");
  const { region } = inventory;
  return { inventory, fact, kafka: new KafkaClient({ region }), sts: new STSClient({ region }), signal: context.signal };
}
