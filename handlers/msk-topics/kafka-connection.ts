import { AuthenticationError, Connection, NetworkError, SASLMechanisms, TimeoutError } from "@platformatic/kafka";
import { orAborted } from "./time-limit";
import { TopicsError } from "./topics-error";

export interface BrokerAccess {
  /** Brokers as `host:port`, separated by commas: what MSK calls the bootstrap brokers. */
  readonly brokers: string;
  /** Makes the token to log in with. */
  readonly token: () => Promise<string>;
  /** Goes off when time is up; its reason is thrown. */
  readonly signal: AbortSignal;
}

/** For one broker, from the first packet to the answer to the login. Brokers in one's own network answer within tens of milliseconds. */
const CONNECT_MS = 5000;

/**
 * Connects to the first broker that answers, over TLS, and logs in with a bearer token. In KRaft mode any broker does: it
 * passes on to the controller what only the controller may do.
 *
 * @throws {TopicsError} when the login is refused, or no broker answers; the message names each broker and its reason.
 */
export async function connectToBroker({ brokers, token, signal }: BrokerAccess): Promise<Connection> {
  const faults: string[] = [];
  for (const broker of brokers.split(",")) {
    const connection = newConnection(token);
    try {
      await orAborted(open(connection, broker), AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]));
      return connection;
    } catch (error) {
      disconnect(connection);
      signal.throwIfAborted();
      if (isRefusedLogin(error)) {
        throw new TopicsError(
          `broker ${broker} does not accept the function's IAM credentials; see to it that its role has kafka-cluster:Connect on this cluster, and run again`,
        );
      }
      faults.push(`${broker} ${reason(error)}`);
    }
  }
  throw new TopicsError(
    `no broker can be reached: ${faults.join(", ")}; see that the cluster is active and lets the function's security group in, and run again`,
  );
}

/** Ends a connection at once, whatever it is waiting for, and with it the timer of its next login. */
export function disconnect(connection: Connection): void {
  connection.close(() => {});
  connection.socket?.destroy();
}

function newConnection(token: () => Promise<string>): Connection {
  const connection = new Connection("msk-topics", {
    connectTimeout: CONNECT_MS,
    tls: {},
    tlsServerName: true,
    sasl: { mechanism: SASLMechanisms.OAUTHBEARER, token, authBytesValidator: refuseRefusal },
  });
  // Who waits for an answer is told of a broken connection; without a listener, Node would end the process besides.
  connection.on("error", () => {});
  return connection;
}

async function open(connection: Connection, broker: string): Promise<void> {
  const colon = broker.lastIndexOf(":");
  await connection.connect(broker.slice(0, colon), Number(broker.slice(colon + 1)));
}

/**
 * A broker that accepts a token answers with nothing, one that does not with the reason as JSON. The library takes either
 * for a success unless it is told.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7628#section-3.2.2
 */
function refuseRefusal(answer: Buffer, callback: (error: Error | null, answer: Buffer) => void): void {
  const refused = answer.toString("utf8").includes('"status"');
  callback(refused ? new AuthenticationError("The token was not accepted.") : null, answer);
}

/** A login that was answered with no. One that was cut off is the same error to the library, with the network's below it. */
function isRefusedLogin(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof AuthenticationError ? !(error.cause instanceof NetworkError) : isRefusedLogin(error.cause);
}

/** Why a broker could not be reached, without what the error may carry along. */
function reason(error: unknown): string {
  if (error instanceof TimeoutError || (error instanceof Error && error.name === "TimeoutError")) return "does not answer";
  if (!(error instanceof NetworkError)) throw error;
  const { cause } = error;
  return cause instanceof Error && "code" in cause && !(cause instanceof AuthenticationError)
    ? `fails with ${String(cause.code)}`
    : "hangs up during the login";
}
