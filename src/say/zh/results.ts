import type en from "../en/results";

export default {} satisfies Record<keyof typeof en, string>;
