import {
  type Connection,
  createPartitionsV3,
  createTopicsV7,
  deleteTopicsV6,
  describeConfigsV4,
  IncrementalAlterConfigTypes,
  incrementalAlterConfigsV1,
  metadataV12,
  NetworkError,
  ResponseError,
} from "@platformatic/kafka";
import { refuseErrorCode } from "./kafka-error-code";
import { orAborted } from "./time-limit";
import type { FoundTopic, SettingChange, TopicCluster, WantedTopic } from "./topic-model";
import { TopicsError } from "./topics-error";

/** Of a resource that has settings. @see https://github.com/apache/kafka/blob/4.1/clients/src/main/java/org/apache/kafka/common/config/ConfigResource.java */
const TOPIC = 2;

/** A setting of the topic's own; all others come from the cluster. @see https://kafka.apache.org/protocol.html#The_Messages_DescribeConfigs */
const SET_ON_TOPIC = 1;

/** A topic that went between two questions. */
const UNKNOWN_TOPIC = 3;

/** How long a broker waits for the cluster to carry a change out before it answers that it does not know. */
const REQUEST_MS = 20_000;

/**
 * Topics of a Kafka cluster in KRaft mode, by the requests themselves: the library's own client for administration has neither
 * settings nor partitions in the last release that runs on Node 20, which is the one that is pinned.
 *
 * @see https://kafka.apache.org/protocol.html
 */
export class KafkaCluster implements TopicCluster {
  /** @param signal goes off when time is up; its reason is thrown. */
  constructor(
    private readonly connection: Connection,
    private readonly signal: AbortSignal,
  ) {}

  async list(): Promise<readonly FoundTopic[]> {
    const { topics } = await this.ask("listing the topics", metadataV12.api.async(this.connection, null, false, false));
    const own = topics.flatMap(({ name, isInternal, errorCode, partitions }) => {
      if (typeof name !== "string" || isInternal || name.startsWith("__")) return [];
      if (partitions.length === 0) refuseErrorCode(`reading topic ${name}`, errorCode);
      // While a reassignment goes on, a partition has the brokers that it leaves and those that it comes to.
      return [{ name, partitions: partitions.length, replicas: Math.min(...partitions.map(({ replicaNodes }) => replicaNodes.length)) }];
    });
    const settings = await this.settingsOf(own.map(({ name }) => name));
    return own.flatMap((topic) => {
      const found = settings.get(topic.name);
      return found === undefined ? [] : [{ ...topic, settings: found }];
    });
  }

  async create({ name, partitions, replicas, settings }: WantedTopic): Promise<void> {
    const configs = Object.entries(settings).map(([setting, value]) => ({ name: setting, value }));
    const topic = { name, numPartitions: partitions, replicationFactor: replicas, assignments: [], configs };
    const doing = `creating topic ${name}`;
    const { topics } = await this.ask(doing, createTopicsV7.api.async(this.connection, [topic], REQUEST_MS, false));
    for (const { errorCode, errorMessage } of topics) refuseErrorCode(doing, errorCode, errorMessage);
  }

  async addPartitions(topic: string, to: number): Promise<void> {
    // Null leaves it to Kafka where the partitions go; the library writes it, and its types have forgotten it.
    const anywhere = null as unknown as [];
    const request = { name: topic, count: to, assignments: anywhere };
    const doing = `adding partitions to topic ${topic}`;
    const { results } = await this.ask(doing, createPartitionsV3.api.async(this.connection, [request], REQUEST_MS, false));
    for (const { errorCode, errorMessage } of results) refuseErrorCode(doing, errorCode, errorMessage);
  }

  async alterSettings(topic: string, changes: readonly SettingChange[]): Promise<void> {
    const configs = changes.map(({ setting, to }) => ({
      name: setting,
      configOperation: to === null ? IncrementalAlterConfigTypes.DELETE : IncrementalAlterConfigTypes.SET,
      value: to,
    }));
    const resource = { resourceType: TOPIC, resourceName: topic, configs };
    const doing = `changing the settings of topic ${topic}`;
    const { responses } = await this.ask(doing, incrementalAlterConfigsV1.api.async(this.connection, [resource], false));
    for (const { errorCode, errorMessage } of responses) refuseErrorCode(doing, errorCode, errorMessage);
  }

  async delete(topic: string): Promise<void> {
    const doing = `deleting topic ${topic}`;
    const { responses } = await this.ask(doing, deleteTopicsV6.api.async(this.connection, [{ name: topic }], REQUEST_MS));
    for (const { errorCode, errorMessage } of responses) refuseErrorCode(doing, errorCode, errorMessage);
  }

  /** Settings of each topic's own. Topics that have gone meanwhile are left out. */
  private async settingsOf(topics: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
    if (topics.length === 0) return new Map();
    // No keys means all of them.
    const all = null as unknown as [];
    const resources = topics.map((name) => ({ resourceType: TOPIC, resourceName: name, configurationKeys: all }));
    const { results } = await this.ask(
      "reading the topics' settings",
      describeConfigsV4.api.async(this.connection, resources, false, false),
    );
    const settings = new Map<string, Readonly<Record<string, string>>>();
    for (const { resourceName, errorCode, errorMessage, configs } of results) {
      if (errorCode === UNKNOWN_TOPIC) continue;
      refuseErrorCode(`reading the settings of topic ${resourceName}`, errorCode, errorMessage);
      const own = configs.flatMap(({ name, value, configSource }) =>
        configSource === SET_ON_TOPIC && typeof value === "string" ? [[name, value] as const] : [],
      );
      settings.set(resourceName, Object.fromEntries(own));
    }
    return settings;
  }

  /** Waits for an answer. One that holds error codes is an answer too: each part of it has its own. */
  private async ask<Answer>(doing: string, answer: Promise<Answer>): Promise<Answer> {
    try {
      return await orAborted(answer, this.signal);
    } catch (error) {
      if (error instanceof ResponseError) return error.response as Answer;
      if (error instanceof NetworkError)
        throw new TopicsError(`${doing} failed: the broker closed the connection; plan again to see what is left`);
      throw error;
    }
  }
}
