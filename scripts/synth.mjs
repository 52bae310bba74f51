// `npm run synth [-- ROOT …]` and the app command in cdktf.json: bundles main.ts and runs it in this process.
import { createRequire } from "node:module";
import { buildMain } from "./build.mjs";

createRequire(import.meta.url)(buildMain());
