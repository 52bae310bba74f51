/** One record that a handler wrote to its log. */
export type LogRecord = Readonly<Record<string, unknown>>;

/** Runs something and takes the records that it writes to the standard output, which Lambda keeps as the log. */
export async function withLog<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly records: LogRecord[] }> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  const error = jest.spyOn(process.stderr, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  try {
    const result = await work();
    return { result, records: lines.flatMap((text) => text.trim().split("\n")).map((line) => JSON.parse(line)) };
  } finally {
    write.mockRestore();
    error.mockRestore();
  }
}
