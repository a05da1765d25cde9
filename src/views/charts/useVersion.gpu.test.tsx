import { createRoot } from "react-dom/client";
import { expect, onTestFinished, test, vi } from "vitest";
import { History } from "../../metrics";
import { useVersion } from "./useVersion";

function Shown({ history }: { history: History }) {
  return <p>{useVersion(history)}</p>;
}

const evaluation = {
  kind: "evaluation",
  part: "validation",
  step: 1,
} as Parameters<History["append"]>[0];

test("a hidden tab draws nothing, and shows all of it when it is looked at again", async () => {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(false);
  onTestFinished(() => {
    root.unmount();
    place.remove();
    hidden.mockRestore();
  });
  const history = new History();
  root.render(<Shown history={history} />);
  await expect.poll(() => place.textContent).toBe("0");
  history.append(evaluation);
  await expect.poll(() => place.textContent).toBe("1");

  hidden.mockReturnValue(true);
  history.append(evaluation);
  await expect.poll(() => history.version()).toBe(2);
  history.append(evaluation);
  await expect.poll(() => history.version()).toBe(3);
  expect(place.textContent).toBe("1");

  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  await expect.poll(() => place.textContent).toBe("3");
});
