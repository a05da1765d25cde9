export default {
  /** Our own mistakes, and what browsers and libraries say: told as they are. */
  internal: "{message}",
  "and more": "{count, number} more",
  "item, next": "{item}, {next}",
  "item; next": "{item}; {next}",
  "sentence, next": "{item} {next}",
  "worker stopped":
    "The {who} stopped: {reason}. Reload the page to start a new one.",
  "worker was closed": "it was closed",
  "training engine": "training engine",
  "data reader": "data reader",
  "worker did not load":
    "its program could not be loaded (is the site complete, and are you online?)",
} as const satisfies Record<string, string>;
