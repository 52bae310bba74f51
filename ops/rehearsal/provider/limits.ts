/** What a rehearsal cannot know. The report of a run prints these, so that a green one is not read as more than it is. */
export const LIMITS: readonly string[] = [
  "Rules of AWS and Cloudflare that only their servers check (quotas, permissions, instance types per zone, name availability outside the roots) are not checked.",
  "Schemas come from the provider bindings; types that the facts table lacks have no replacement rules, defaults, allowed values or conflicts.",
  "Facts were read from provider sources of different dates, so a rule of the pinned release may differ.",
  "Patterns and values that the facts name only by type, and limits that a provider checks in code of its own, are not all known.",
  "Ids, ARNs, addresses and host names are made up; computed attributes without a known format are placeholders.",
  "Nothing runs: no container starts, no certificate is validated, no health check passes, no password is tried.",
  "Deletion protection, retained snapshots and buckets that are not empty do not stop a destroy here; in AWS they do.",
  "Data sources that look outside the roots are answered with stand-ins, and the report lists what they took for existing.",
  "Drift is unknown: nobody but Terraform changes anything in a rehearsal.",
  "Inside blocks that hold themselves (a web ACL's statements) the shape comes from what the configuration writes: only the kinds of statement are checked, and a misspelt argument of one passes.",
  "Provider functions, imports, and moves between types are not rehearsed.",
];
