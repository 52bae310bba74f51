/** Kafka's own number: with three replicas, one broker may be patched while another one fails. */
const MOST_REPLICAS = 3;

/**
 * Settings of the brokers, as MSK takes them: what topics are like that say nothing else, and no message lost to keep going.
 *
 * @param brokers how many there are: no topic can have more replicas.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 */
export function serverProperties(brokers: number): string {
  const replicas = Math.min(MOST_REPLICAS, brokers);
  // One broker may restart, as each does when MSK patches it, and producers go on.
  const inSync = Math.max(1, replicas - 1);
  const properties = {
    // IAM asks no ACLs; public access asks for this.
    "allow.everyone.if.no.acl.found": false,
    "auto.create.topics.enable": false,
    "default.replication.factor": replicas,
    "min.insync.replicas": inSync,
    "offsets.topic.replication.factor": replicas,
    "transaction.state.log.min.isr": inSync,
    "transaction.state.log.replication.factor": replicas,
    "unclean.leader.election.enable": false,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
