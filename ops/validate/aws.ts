import { UnreadableAnswer } from "../aws/aws-error";
import { NoAnswer } from "./no-answer";

/** What every client of AWS's SDK is made from. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts?: number;
}

export interface AwsOptions {
  readonly region: string;
  /** Aborted when the operator interrupts. */
  readonly signal: AbortSignal;
  /** Seconds after which a question counts as unanswered, repeated tries and every page of a list included. @default 20 */
  readonly answerSeconds?: number;
  /** What tests set in place of the operator's own settings. */
  readonly settings?: Omit<ClientSettings, "region">;
}

/** What the SDK's `send` takes beside a command. */
export interface AskOptions {
  readonly abortSignal: AbortSignal;
}

interface AwsClient {
  destroy(): void;
}

type ClientKind<Client extends AwsClient> = new (settings: ClientSettings) => Client;

/**
 * Asks AWS, and never changes anything. One client for each service and region; a question that several checks have is
 * asked once.
 */
export class Aws {
  readonly region: string;
  private readonly clients = new Map<string, AwsClient>();
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(private readonly options: AwsOptions) {
    this.region = options.region;
  }

  /** @param region where the service is asked. @default - the root's */
  client<Client extends AwsClient>(Kind: ClientKind<Client>, region = this.region): Client {
    const key = `${Kind.name} ${region}`;
    const known = this.clients.get(key) as Client | undefined;
    const client = known ?? new Kind({ region, maxAttempts: 3, ...this.options.settings });
    this.clients.set(key, client);
    return client;
  }

  /**
   * @throws {NoAnswer} when it takes too long, {@link UnreadableAnswer} when the answer is not AWS's, the reason of the
   *   operator's signal when that is aborted, and otherwise AWS's own error.
   */
  async ask<Answer>(question: (options: AskOptions) => Promise<Answer>): Promise<Answer> {
    const { signal, answerSeconds = 20 } = this.options;
    const limit = AbortSignal.timeout(answerSeconds * 1000);
    try {
      return await question({ abortSignal: AbortSignal.any([signal, limit]) });
    } catch (error) {
      signal.throwIfAborted();
      if (limit.aborted) throw new NoAnswer(answerSeconds);
      throw UnreadableAnswer.when(error) ?? error;
    }
  }

  /**
   * Every page of a list, by one of the SDK's paginators.
   *
   * @throws as {@link ask}.
   */
  pages<Page>(paginate: (options: AskOptions) => AsyncIterable<Page>): Promise<readonly Page[]> {
    return this.ask(async (options) => {
      const pages: Page[] = [];
      for await (const page of paginate(options)) pages.push(page);
      return pages;
    });
  }

  /** The answer, or undefined when AWS says that the thing does not exist, by an error of one of the names. */
  async find<Answer>(question: (options: AskOptions) => Promise<Answer>, ...absent: readonly string[]): Promise<Answer | undefined> {
    try {
      return await this.ask(question);
    } catch (error) {
      if (error instanceof Error && absent.includes(error.name)) return undefined;
      throw error;
    }
  }

  /** Closes every connection. */
  close(): void {
    for (const client of this.clients.values()) client.destroy();
  }

  /** The result of some work, which is done once for each key. */
  once<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.answers.get(key) as Promise<Result> | undefined;
    const result = known ?? work();
    this.answers.set(key, result);
    return result;
  }
}
