// Ends with a sentence unless this Node can run the project. Written so that any Node, however old, can read it.
"use strict";

var wanted = require("../package.json").engines.node;
var version = process.versions.node;
var parts = version.split(".");
var major = Number(parts[0]);
var minor = Number(parts[1]);

// The range in package.json: from 20.19 on, and below 23, because cdktf-cli has no terminal binding for a newer one.
if (major < 20 || (major === 20 && minor < 19) || major >= 23) {
  process.stderr.write(["Node", version, "cannot run this project; install one in the range", wanted, "(22, for example)\n"].join(" "));
  process.exit(1);
}
