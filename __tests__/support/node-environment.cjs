const { AsyncLocalStorage } = require("node:async_hooks");
const { TestEnvironment } = require("jest-environment-node");

/**
 * Node as jest has it, and what a test file has begun to follow through its promises is followed no longer when the file is
 * done. Jest itself makes such a storage for every file and never ends it: from then on each promise of every later file is
 * told to each of them, which takes a tenth of the run.
 */
module.exports = class extends TestEnvironment {
  constructor(...given) {
    super(...given);
    const { run, enterWith } = AsyncLocalStorage.prototype;
    const begun = new Set();
    const remembering = (method) =>
      function (...args) {
        begun.add(this);
        return method.apply(this, args);
      };
    Object.assign(AsyncLocalStorage.prototype, { run: remembering(run), enterWith: remembering(enterWith) });
    this.forget = () => {
      Object.assign(AsyncLocalStorage.prototype, { run, enterWith });
      for (const storage of begun) storage.disable();
    };
  }

  async teardown() {
    this.forget();
    await super.teardown();
  }
};
