import type en from "../en/engine";

export default {} satisfies Record<keyof typeof en, string>;
