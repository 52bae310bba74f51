// `npm run ops -- COMMAND`: bundles the operators' CLI and runs it in this process.
import { createRequire } from "node:module";
import { buildOps } from "./build.mjs";

createRequire(import.meta.url)(buildOps());
