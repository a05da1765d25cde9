// The thread files are read in. All it does is hand its port to serve.ts.

import type { Port } from "../port";
import { serveData } from "./serve";

serveData(self as unknown as Port);
