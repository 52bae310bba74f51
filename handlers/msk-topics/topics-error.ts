/**
 * Something that an operator can put right. Its message is one sentence for the operator: what failed, what Kafka or the rule
 * says, what to do. Lambda passes name and message on, and the operators' CLI shows the message as it is.
 */
export class TopicsError extends Error {
  override readonly name = "TopicsError";
}
