import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port";
import type { Needs } from "../needs";
import { projectRoot, scratchFolder } from "../project";
import { stopAfterTests } from "../stop-after-tests";

const POM = join(__dirname, "pom.xml");
/** The release, which stands in the POM alone. */
export const KAFKA_RELEASE = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([\d.]+)</.exec(readFileSync(POM, "utf8"))?.[1] ?? "";
/** In the user's cache: 43 MB that need not be fetched for every clone. */
const FOLDER = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "infrastructure", `kafka-${KAFKA_RELEASE}`);

const KEYSTORE_PASSWORD = "changeit";
/** Who may do everything on a test's broker, and who may log in and see nothing. Their secrets open nothing else. */
const USERS = {
  operator: { key: "AKIDOPERATOR", secret: "of-the-operator" },
  stranger: { key: "AKIDSTRANGER", secret: "of-the-stranger" },
};

/** What a test with a broker needs of the machine. The JDK, and not Java alone: the broker's way in is compiled when it starts. */
export const KAFKA_NEEDS: Needs = { programs: ["java", "javac", "keytool", "mvn"], other: kafkaIsMissing };

/** Fetches Apache Kafka from Maven Central, once. @returns why it cannot be had; undefined when it is there. */
function kafkaIsMissing(): string | undefined {
  if (existsSync(FOLDER)) return undefined;
  const unfinished = `${FOLDER}.${process.pid}`;
  const words = ["--quiet", "--batch-mode", "--file", POM, "dependency:copy-dependencies", `-DoutputDirectory=${unfinished}`];
  const { status, error, stdout } = spawnSync("mvn", words, { encoding: "utf8" });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    return `Apache Kafka ${KAFKA_RELEASE} cannot be fetched with Maven: ${error?.message ?? stdout.trim().split("\n")[0]}`;
  }
  renameSync(unfinished, FOLDER);
  return undefined;
}

/**
 * A running Apache Kafka: one broker in KRaft mode on the loopback address, which takes clients over TLS with the IAM tokens of
 * MSK (see TestBroker.java), and forgets everything when it ends.
 */
export class KafkaBroker {
  private constructor(
    private readonly server: ChildProcess,
    readonly bootstrap: string,
    /** Port on the loopback address that takes its own kind, and whoever else knows it, without TLS and login. */
    private readonly internal: number,
    /** Certificate that its TLS is to be trusted by. */
    private readonly certificate: string,
    /** Its key and certificate, for a server that passes for it. */
    readonly identity: { readonly pfx: Buffer; readonly passphrase: string },
  ) {}

  static async start(): Promise<KafkaBroker> {
    const folder = scratchFolder();
    const port = await freePort();
    const certificate = makeKey(folder);
    const properties = join(folder, "server.properties");
    const internal = await freePort();
    writeFileSync(properties, serverProperties(folder, { port, internal, controller: await freePort() }));
    const words = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
    const source = join(__dirname, "TestBroker.java");
    const server = spawn("java", [...words, "-cp", join(FOLDER, "*"), source, properties], { stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const identity = { pfx: readFileSync(join(folder, "key.p12")), passphrase: KEYSTORE_PASSWORD };
    const broker = new KafkaBroker(server, `localhost:${port}`, internal, certificate, identity);
    stopAfterTests(broker);
    for (let tries = 0; tries < 1200; tries++) {
      if (server.exitCode !== null) throw new Error(`the broker ended with status ${server.exitCode}: ${said}`);
      if (await takesConnections(port)) return broker;
      await new Promise((done) => setTimeout(done, 100));
    }
    broker.stop();
    throw new Error(`the broker does not start: ${said}`);
  }

  /** Variables by which the function finds the broker, as somebody whom it knows. */
  env(who: keyof typeof USERS = "operator"): Record<string, string> {
    const { key, secret } = USERS[who];
    return {
      KAFKA_BROKERS: this.bootstrap,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: secret,
      // With characters that must be written otherwise in an address.
      AWS_SESSION_TOKEN: "session+/=",
      NODE_EXTRA_CA_CERTS: this.certificate,
    };
  }

  /** Makes topics, without a look at their names: Kafka and MSK have some of their own. */
  makeTopics(...names: string[]): void {
    const script = `
      import { Connection, createTopicsV7 } from "@platformatic/kafka";
      const connection = new Connection("kafka-broker");
      await connection.connect("127.0.0.1", ${this.internal});
      const topics = ${JSON.stringify(names)}.map((name) => ({ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }));
      await createTopicsV7.api.async(connection, topics, 20_000, false);
      await connection.close();
    `;
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: projectRoot, stdio: ["ignore", "ignore", "inherit"] });
  }

  stop(): void {
    this.server.kill("SIGKILL");
  }
}

/** @returns the certificate's file. */
function makeKey(folder: string): string {
  const store = ["-alias", "broker", "-keystore", join(folder, "key.p12"), "-storepass", KEYSTORE_PASSWORD];
  const kind = ["-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12", "-dname", "CN=broker"];
  execFileSync("keytool", ["-genkeypair", ...store, ...kind, "-ext", "san=dns:localhost,ip:127.0.0.1"], { stdio: "ignore" });
  const certificate = join(folder, "certificate.pem");
  execFileSync("keytool", ["-exportcert", "-rfc", ...store, "-file", certificate], { stdio: "ignore" });
  return certificate;
}

function serverProperties(folder: string, { port, internal, controller }: Record<"port" | "internal" | "controller", number>): string {
  const login = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required";
  const secrets = Object.values(USERS).map(({ key, secret }) => `secretOf_${key}="${secret}"`);
  const properties = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@127.0.0.1:${controller}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "INTERNAL",
    listeners: `CLIENT://127.0.0.1:${port},INTERNAL://127.0.0.1:${internal},CONTROLLER://127.0.0.1:${controller}`,
    "listener.security.protocol.map": "CLIENT:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "sasl.enabled.mechanisms": "OAUTHBEARER",
    "listener.name.client.oauthbearer.sasl.server.callback.handler.class": "TestBroker$IamTokens",
    // The broker also logs in to itself, by a name that nobody asks for.
    "listener.name.client.oauthbearer.sasl.jaas.config": `${login} unsecuredLoginStringClaim_sub="broker" ${secrets.join(" ")};`,
    "listener.name.client.ssl.keystore.type": "PKCS12",
    "listener.name.client.ssl.keystore.location": join(folder, "key.p12"),
    "listener.name.client.ssl.keystore.password": KEYSTORE_PASSWORD,
    "listener.name.client.ssl.key.password": KEYSTORE_PASSWORD,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": `User:ANONYMOUS;User:${USERS.operator.key}`,
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": "1",
    "log.dirs": join(folder, "logs"),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => done(true)).once("error", () => done(false));
    socket.once("connect", () => socket.destroy());
  });
}
