// Findings, by how much they matter.

import type { Check } from "../protocol";

export const error = (message: string): Check => ({ level: "error", message });
export const warning = (message: string): Check => ({
  level: "warning",
  message,
});
export const info = (message: string): Check => ({ level: "info", message });
