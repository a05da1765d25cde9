import type en from "../en/views";

export default {
  "header.language": "语言",
} satisfies Record<keyof typeof en, string>;
