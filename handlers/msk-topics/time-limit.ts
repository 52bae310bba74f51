import { TopicsError } from "./topics-error";

/**
 * Does something in a limited time.
 *
 * @param work gets a signal that goes off when time is up. It need not listen.
 * @throws {TopicsError} when time is up.
 */
export async function withinTime<Result>(limitMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    const seconds = Math.max(0, Math.round(limitMs / 100) / 10);
    limit.abort(
      new TopicsError(
        `Kafka was not done within ${seconds} seconds; see docs/runbooks/kafka.md#topics, then plan again to see what is left`,
      ),
    );
  }, limitMs);
  try {
    return await orAborted(work(limit.signal), limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for something, and no longer than until the signal goes off: then its reason is thrown. */
export async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_done, fail) => {
    stop = () => fail(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
