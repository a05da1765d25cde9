// Findings, by how much they matter.

import { said, type Said, type Values } from "../../said";
import type { Check } from "../protocol";

export const error = (code: Said["code"], values?: Values): Check => ({
  level: "error",
  message: said(code, values),
});
export const warning = (code: Said["code"], values?: Values): Check => ({
  level: "warning",
  message: said(code, values),
});
export const info = (code: Said["code"], values?: Values): Check => ({
  level: "info",
  message: said(code, values),
});
/** What nobody need mend but everybody should see. */
export const notice = (code: Said["code"], values?: Values): Check => ({
  ...info(code, values),
  visible: true,
});
