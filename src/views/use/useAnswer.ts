import { useState } from "react";
import { reasonOf, type Said } from "../../said";
import {
  useStudio,
  type AttentionCapture,
  type Prediction,
  type TextInput,
} from "../../studio";

/** What is shown, and what it was computed from. */
interface Answer {
  input: TextInput;
  prediction: Prediction;
  attention: AttentionCapture | null;
}

/** Asks for one text at a time; a newer text waits and replaces the waiting one. */
export function useAnswer() {
  const predict = useStudio((studio) => studio.predict);
  const look = useStudio((studio) => studio.look);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  const [asker] = useState(() => {
    let wanted: TextInput | null = null;
    let running = false;
    /** Counts questions: a reply to any but the last is stale. */
    let count = 0;
    async function work(doors: {
      predict: typeof predict;
      look: typeof look;
    }): Promise<void> {
      if (running) return;
      running = true;
      setBusy(true);
      while (wanted) {
        const input: TextInput = wanted;
        const mine = count;
        wanted = null;
        try {
          const [prediction] = await doors.predict([input]);
          if (mine !== count || !prediction) continue;
          setProblem(null);
          setAnswer((former) => ({
            input,
            prediction,
            attention: former?.attention ?? null,
          }));
          const attention = await doors.look(input);
          if (mine === count) setAnswer({ input, prediction, attention });
        } catch (error) {
          if (mine !== count) continue;
          setAnswer(null);
          setProblem(reasonOf(error));
        }
      }
      running = false;
      setBusy(false);
    }
    return {
      ask(doors: Parameters<typeof work>[0], input: TextInput) {
        wanted = input;
        count++;
        void work(doors);
      },
      forget() {
        wanted = null;
        count++;
        setAnswer(null);
        setProblem(null);
      },
    };
  });
  const [doors] = useState({ predict, look });
  const [actions] = useState(() => ({
    ask: (input: TextInput) => asker.ask(doors, input),
    forget: asker.forget,
  }));
  return { answer, problem, busy, ...actions };
}
