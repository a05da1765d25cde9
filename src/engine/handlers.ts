// What the worker answers: which call goes to which room, and whether it waits for
// a step of the run or is a run of its own. Knows no worker, so that tests drive
// it over a MessageChannel.

import type { Handlers } from "../port";
import { onDeviceLost } from "./device";
import { thisMachine } from "./executors";
import {
  attention,
  evaluation,
  baseModel,
  exportRun,
  predictions,
} from "./handlers/answers";
import { runTraining } from "./handlers/run";
import { Session } from "./handlers/session";
import { Watch } from "./handlers/watch";
import type { Calls, Progress, Signal } from "./protocol";

export { transfersOf } from "./handlers/transfers";

export interface EngineServer {
  handlers: Handlers<Calls>;
  signal(signal: Signal): void;
}

export function createEngine(
  report: (progress: Progress) => void,
  machine = thisMachine,
): EngineServer {
  const session = new Session(machine);
  const watched = new Watch(session, report);
  const { control } = session;

  onDeviceLost((message) => {
    if (session.lose(message)) report({ kind: "lost", message });
  });

  return {
    handlers: {
      open: (...args) =>
        control.between(() =>
          session.open(args, (measured) =>
            report({ kind: "device", report: measured }),
          ),
        ),
      load: (source) => control.between(() => session.load(source)),
      train(dataset, options) {
        session.requireIdle("busy: train");
        return control.during(() =>
          runTraining(session, report, dataset, options),
        );
      },
      predict: (...args) =>
        control.between(() => predictions(session, ...args)),
      evaluate(dataset) {
        session.requireIdle("busy: evaluate");
        return control.during(() => evaluation(session, report, dataset));
      },
      attention: (...args) =>
        control.between(() => attention(session, ...args)),
      exportRun: (...args) =>
        control.between(() => exportRun(session, ...args)),
      baseModel: (...args) =>
        control.between(() => baseModel(session, ...args)),
    },
    signal(signal) {
      if (signal.kind === "pause") control.pause();
      else if (signal.kind === "resume") control.resume();
      else if (signal.kind === "stop") control.stop();
      else void watched.watch(signal.input);
    },
  };
}
