const { readFileSync } = require("node:fs");

// Hands scripts and templates over as text, as the bundler does. Read anew: Jest has cut off a script's first line, its #!.
module.exports = {
  process: (_text, path) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(readFileSync(path, "utf8"))} };` }),
};
