export default {
  "header.language": "Language",
} as const satisfies Record<string, string>;
