import { LIMITS } from "../provider/limits";
import { startProviderHost } from "../provider/provider-host";
import { checkConfiguration } from "../provider/static-check";
import { usedTypes } from "../provider/used-types";
import type { StartProvider } from "./provider";

/** Starts this project's own providers, derived from the installed bindings. */
export const startRehearsalProvider: StartProvider = async (configs) => {
  const types = usedTypes(configs);
  const host = await startProviderHost({ types });
  return {
    attachRoot: (root) => host.attachRoot(root),
    check: (config) => checkConfiguration(config, types).map(({ message }) => message),
    generatedSecrets: () => host.generatedSecrets(),
    report: () => host.report(),
    cannotKnow: LIMITS,
    close: () => host.close(),
  };
};
