interface Stoppable {
  /** Ends it. Does nothing where it has ended. */
  stop(): void;
}

const started = new Set<Stoppable>();
// Not at the process's exit: the process is one of jest's, which outlives the file, and its `exit` reaches no test.
afterAll(() => {
  for (const one of started) one.stop();
});

/** Has something stopped when the tests of the file end, also where one failed before it could stop it. */
export function stopAfterTests(one: Stoppable): void {
  started.add(one);
}
