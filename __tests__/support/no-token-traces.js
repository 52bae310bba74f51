// The same replacement that scripts/build.mjs makes in the bundle: token traces cost a third of synthesis and nobody reads them.
exports.captureStackTrace = () => [];
