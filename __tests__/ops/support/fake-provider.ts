import type { RehearsalProvider } from "../../../ops/rehearsal/runner/provider";

/** A provider for roots that use no provider: it attaches nothing and reports nothing. */
export function fakeProvider(given: Partial<RehearsalProvider> = {}): RehearsalProvider {
  return {
    attachRoot: async () => "{}",
    check: () => [],
    generatedSecrets: () => [],
    report: () => ({
      typesWithoutFacts: [],
      guesses: [],
      inferredShapes: [],
      unmatchedFacts: [],
      skippedPatterns: [],
      placeholders: [],
      assumedToExist: [],
      unsupportedDataSources: [],
      unsupportedEphemerals: [],
      duplicateNames: [],
    }),
    cannotKnow: ["whether AWS is in a good mood"],
    close: async () => {},
    ...given,
  };
}
