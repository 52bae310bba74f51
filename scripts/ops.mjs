// `npm run ops -- COMMAND`: bundles the operators' CLI and runs it in this process.
import { createRequire } from "node:module";
import { buildOps } from "./build.mjs";

// The AWS SDK says on every run which Node its later releases want. The lock file pins the release that is used.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

createRequire(import.meta.url)(buildOps());
