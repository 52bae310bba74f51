import { orAborted, withinTime } from "../../../handlers/msk-topics/time-limit";

const never = new Promise<never>(() => {});

describe("withinTime", () => {
  test("gives the result of what is done in time", async () => {
    await expect(withinTime(60_000, async () => "done")).resolves.toBe("done");
  });

  test("ends what does not listen to its signal, with a sentence that says how long it had", async () => {
    await expect(withinTime(120, () => never)).rejects.toMatchObject({
      name: "TopicsError",
      message: "Kafka was not done within 0.1 seconds; see docs/runbooks/kafka.md#topics, then plan again to see what is left",
    });
  });

  test("tells what does listen", async () => {
    let told: unknown;
    const work = withinTime(20, async (signal) => {
      signal.addEventListener("abort", () => {
        told = signal.reason;
      });
      return never;
    });
    const error: unknown = await work.catch((reason) => reason);
    expect(told).toBe(error);
  });

  test("has no time at all where Lambda has none left", async () => {
    await expect(withinTime(-500, () => never)).rejects.toThrow("Kafka was not done within");
  });

  test("passes on what went wrong", async () => {
    await expect(
      withinTime(60_000, async () => {
        throw new Error("broken");
      }),
    ).rejects.toThrow("broken");
  });
});

describe("orAborted", () => {
  test("throws the reason of a signal that has gone off already", async () => {
    await expect(orAborted(never, AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
  });

  test("leaves no listener behind on a signal that goes on", async () => {
    const { signal } = new AbortController();
    const removed = jest.spyOn(signal, "removeEventListener");
    const added = jest.spyOn(signal, "addEventListener");
    await orAborted(Promise.resolve(), signal);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener));
    expect(added).toHaveBeenCalledTimes(1);
  });
});
