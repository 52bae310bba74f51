import type { IncomingMessage } from "node:http";
import { type LoopbackServer, startLoopbackServer } from "../../../support/loopback-server";

/** A question to AWS, as it came over the wire. */
export interface Question {
  /** The command: `DescribeServices`; for S3, Route 53, CloudFront and Lambda the method and the path. */
  readonly command: string;
  readonly body: string;
}

/** What the stage answers in place of the emulator, or makes of its answer. */
export type Prompt = (question: Question, answer: string) => string | { readonly status: number; readonly body: string };

/**
 * A relay on the loopback address before an emulator of AWS. It passes everything on; prompts say what the emulator does
 * not know of, and what is to go wrong.
 */
export class Stage {
  /** Commands that were asked for, in order. */
  readonly asked: string[] = [];
  private readonly prompts = new Map<string, Prompt>();

  private constructor(private readonly server: LoopbackServer) {}

  static async before(emulator: string): Promise<Stage> {
    let stage: Stage | undefined;
    const server = await startLoopbackServer((request, response) => {
      relay(request, emulator, (question, answer) => stage?.change(question, answer) ?? answer).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        () => response.destroy(),
      );
    });
    stage = new Stage(server);
    return stage;
  }

  get url(): string {
    return this.server.url;
  }

  /** Sets a prompt under a name; another one of the name takes its place. */
  prompt(name: string, prompt: Prompt): void {
    this.prompts.set(name, prompt);
  }

  /** Takes a prompt away. */
  silence(name: string): void {
    this.prompts.delete(name);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private change(question: Question, answer: Answer): Answer {
    this.asked.push(question.command);
    let now = answer;
    for (const prompt of this.prompts.values()) {
      const said = prompt(question, now.body);
      now = { ...now, ...(typeof said === "string" ? { body: said } : said) };
    }
    return now;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function relay(request: IncomingMessage, emulator: string, change: (question: Question, answer: Answer) => Answer): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const sent = Buffer.concat(chunks);
  const { method = "GET", url = "/" } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === "string" && !/^(connection|content-length|expect|transfer-encoding)$/.test(name) ? [[name, value]] : [],
    ),
  );
  const answer = await fetch(`${emulator}${url}`, { method, headers, ...(sent.length > 0 ? { body: sent } : {}) });
  const body = await answer.text();
  const kept = Object.fromEntries([...answer.headers].filter(([name]) => /^(content-type|x-amz.*|etag)$/.test(name)));
  return change({ command: commandOf(request, sent.toString()), body: sent.toString() }, { status: answer.status, headers: kept, body });
}

/** JSON services name the command in a header, query services in the body, CBOR ones in the path. */
function commandOf({ headers, method, url = "" }: IncomingMessage, body: string): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1) ?? target;
  const operation = /\/operation\/(\w+)/.exec(url)?.[1];
  return operation ?? new URLSearchParams(body).get("Action") ?? `${method} ${url}`;
}
