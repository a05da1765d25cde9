import type en from "../en/studio";

export default {} satisfies Record<keyof typeof en, string>;
