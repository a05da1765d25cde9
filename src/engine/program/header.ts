// Where the arena begins. Its first numbers (`Header`) are what changes from step to
// step: the CPU kernels read them where they lie, the GPU gets a copy.

import { Header } from "../kernels/operands";

export const headerAt = 4096;
export const arenaStart = 8192;

export { Header as header };
