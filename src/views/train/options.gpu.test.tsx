// Typing into the options as a person does: a key at a time.

import { createRoot } from "react-dom/client";
import { expect, onTestFinished, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openMemory } from "../../storage";
import {
  type Basis,
  createStudio,
  type Doors,
  follow,
  StudioContext,
} from "../../studio";
import "../app/tokens.css";
import "../app/app.css";
import { OptionsPanel } from "./OptionsPanel";

function open() {
  const place = document.createElement("main");
  document.body.append(place);
  const root = createRoot(place);
  onTestFinished(() => {
    root.unmount();
    place.remove();
  });
  const store = createStudio({
    openData: () => ({}),
    memory: openMemory(null),
    models: [{ name: "small", path: "models/small/" }],
    preset: {
      runOn: null,
      model: null,
      seed: null,
      sample: null,
      language: null,
    },
    languages: ["en"],
    nextFrame: requestAnimationFrame,
  } as unknown as Doors);
  root.render(
    <StudioContext value={store}>
      <OptionsPanel locked={false} />
    </StudioContext>,
  );
  return store;
}

test("More options stays open while a number is typed anew", async () => {
  const store = open();
  await userEvent.click(page.getByText("More options"));
  const seed = page.getByRole("spinbutton", { name: "Seed" });
  await userEvent.click(seed);
  await userEvent.keyboard("{Control>}a{/Control}{Backspace}");
  await expect.element(page.getByText(/^Seed is empty/)).toBeVisible();
  await userEvent.keyboard("42");
  await expect.element(seed).toBeVisible();
  await expect.element(seed).toHaveValue(42);
  expect(store.getState().options.seed).toBe(42);
});

test("a number that cannot work opens what hides it, and only a person closes it", async () => {
  const store = open();
  const seed = page.getByRole("spinbutton", {
    name: "Seed",
    includeHidden: true,
  });
  await expect.element(seed).not.toBeVisible();
  store.getState().setOption("seed", -1);
  await expect.element(seed).toBeVisible();
  store.getState().setOption("seed", 7);
  await expect.element(page.getByText(/^Seed is/)).not.toBeInTheDocument();
  await expect.element(seed).toBeVisible();
  await userEvent.click(page.getByText("More options"));
  await expect.element(seed).not.toBeVisible();
});

test("few rows a label say why pairs come first, until a person turns that off", async () => {
  const store = open();
  const why = page.getByText(/^About 8 rows a label: the model first compares/);
  await expect.element(page.getByText("More options")).toBeVisible();
  await expect.element(why).not.toBeInTheDocument();
  const basis: Basis = {
    model: null,
    data: { rows: 48, labels: 6, pairs: false, task: "one label" },
  };
  const { options, basis: former } = store.getState();
  store.setState({ basis, options: follow(options, former, basis) });
  await expect.element(why).toBeVisible();
  await userEvent.click(page.getByText("More options", { exact: true }));
  const first = page.getByRole("checkbox", { name: "Pairs first" });
  await expect.element(first).toBeChecked();
  await userEvent.click(first);
  await expect.element(first).not.toBeChecked();
  await expect.element(why).not.toBeInTheDocument();
  expect(store.getState().options.contrastive).toBe(false);
});
