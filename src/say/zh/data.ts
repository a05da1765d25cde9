import type en from "../en/data";

export default {} satisfies Record<keyof typeof en, string>;
