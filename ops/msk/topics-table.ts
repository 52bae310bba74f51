import Table from "cli-table3";
import type { TopicStep, TopicsAnswer } from "./topics-answer";

/** What a step does, in the words of the table's second column. */
const WORDS: Readonly<Record<TopicStep["kind"], string>> = {
  create: "create",
  addPartitions: "add partitions",
  alterSettings: "change settings",
  delete: "DELETE",
};

const DONE: Readonly<Record<TopicStep["kind"], string>> = {
  create: "created",
  addPartitions: "partitions added",
  alterSettings: "settings changed",
  delete: "deleted",
};

/** A plan for a person's eyes, one change a line. */
export function planTable({ steps, kept }: TopicsAnswer["plan"]): string {
  if (steps.length + kept.length === 0) return "every topic is as config/ has it";
  const table = new Table({ head: ["topic", "change", "to"], style: { head: [], border: [] } });
  for (const step of steps) table.push([step.topic, WORDS[step.kind], described(step)]);
  for (const { topic, partitions } of kept)
    table.push([topic, "keep", `${counted(partitions, "partition")}; it is not in config/, and --allow-delete would delete it`]);
  return table.toString();
}

/** What came of a plan, one line for each step that was done. */
export function doneLines({ results }: TopicsAnswer): string[] {
  return results.flatMap(({ topic, kind, done }) => (done ? [`${topic}: ${DONE[kind]}`] : []));
}

function described(step: TopicStep): string {
  switch (step.kind) {
    case "create": {
      const settings = Object.entries(step.settings).map(([name, value]) => `${name}=${value}`);
      return [counted(step.partitions, "partition"), counted(step.replicas, "replica"), ...settings].join("\n");
    }
    case "addPartitions":
      return `${step.from} to ${step.to}; from then on keys go to other partitions`;
    case "alterSettings":
      return step.changes.map(({ setting, from, to }) => `${setting}: ${from ?? "default"} to ${to ?? "default"}`).join("\n");
    case "delete":
      return `${counted(step.partitions, "partition")}, with their messages`;
  }
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
