// Single-page fallback, for cloudfront-js-2.0, which is ECMAScript 5.1 with const, let and arrow functions.
//
// A path that names a page of the application is answered with index.html, and everything else is left as it came. It never
// redirects, and what it writes is a constant.
//
// The construct puts the constant BACKENDS in front: the first segments of the paths that belong to the backend. They have
// behaviours of their own, so they come here only when they are misspelled: `/api`, `//api/x`, `/%61pi/x`, `/API/x`. Those
// must end in a 404, never in a page.

/** Decodes once, byte by byte. Never throws, unlike decodeURIComponent: an error here is a 503 for the visitor. */
function decoded(path) {
  return path.replace(/%([0-9a-f]{2})/gi, (_escape, digits) => String.fromCharCode(parseInt(digits, 16)));
}

/** Segments that are left when empty ones and dots are resolved, as an origin would. */
function resolved(segments) {
  const kept = [];
  segments.forEach((segment) => {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  });
  return kept;
}

function namesPage(uri) {
  const segments = decoded(uri).split("/");
  const kept = resolved(segments);
  if (kept.length > 0 && BACKENDS.indexOf(kept[0].toLowerCase()) !== -1) return false;
  // `/.well-known/x`, `/.git/config`: files that are there or are not.
  if (kept.some((segment) => segment.charAt(0) === ".")) return false;
  const last = segments[segments.length - 1];
  return last === "." || last === ".." || last.indexOf(".") === -1;
}

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  if (namesPage(request.uri)) request.uri = "/index.html";
  return request;
}
