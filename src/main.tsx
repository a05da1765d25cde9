// Wires the workers, this device and the store to the page. The only file that
// does something when it is imported.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openData } from "./data";
import { openEngine } from "./engine";
import { nextFrame } from "./metrics";
import { Failure } from "./said";
import { languages, say, speak } from "./say";
import { openMemory } from "./storage";
import { isTask, type Task } from "./task";
import {
  createStudio,
  snapshot,
  StudioContext,
  type Doors,
  type RunOn,
  type Sample,
} from "./studio";
import { App } from "./views/app/App";

const here = new URL("./", document.baseURI);
const address = new URLSearchParams(location.search);
const samplesUrl = new URL("samples/", here);

const memory = openMemory();

/** As their config.json has them; the first is loaded with the page. */
const bundledShapes = {
  "attune-tiny-en": {
    layers: 4,
    heads: 4,
    hidden: 128,
    intermediate: 512,
    parameters: 2_940_032,
  },
  "attune-small-en": {
    layers: 6,
    heads: 8,
    hidden: 256,
    intermediate: 1024,
    parameters: 9_065_216,
  },
};

const doors: Doors = {
  openData,
  openEngine,
  memory,
  models: Object.entries(bundledShapes).map(([name, shape]) => ({
    name,
    path: `models/${name}/`,
    version: 1,
    vocabulary: 16384,
    shape,
  })),
  modelUrl: ({ path }) => new URL(path, here).href,
  async listSamples() {
    const reply = await answer(new URL("samples.json", samplesUrl));
    return reply.json().catch(() => {
      throw new Failure("samples: no json");
    }) as Promise<Sample[]>;
  },
  async readSample({ file }) {
    const reply = await answer(new URL(file, samplesUrl));
    return new File([await reply.blob()], file, { type: "text/csv" });
  },
  pickFiles: () =>
    document.querySelector<HTMLInputElement>("#upload-data")?.click(),
  save({ name, bytes }) {
    const url = URL.createObjectURL(
      new Blob([bytes], { type: "application/zip" }),
    );
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    // Browsers read the blob after the click returns; Safari takes its time.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  },
  nextFrame,
  preset: {
    runOn: knownExecutor(address.get("run-on")),
    model: address.get("model"),
    seed: wholeNumber(address.get("seed")),
    sample: address.get("sample"),
    task: knownTask(address.get("task")),
    language:
      languages.find(({ value }) => value === address.get("lang"))?.value ??
      null,
  },
  languages: navigator.languages,
};

Failure.inWords = say;
const studio = createStudio(doors);
await speak(studio.getState().language);

declare global {
  interface Window {
    attune: { snapshot(): ReturnType<typeof snapshot> };
  }
}
window.attune = Object.freeze({ snapshot: () => snapshot(studio.getState()) });

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <StudioContext value={studio}>
      <App memory={memory} />
    </StudioContext>
  </StrictMode>,
);
void studio.getState().start();

async function answer(url: URL): Promise<Response> {
  const reply = await fetch(url);
  if (!reply.ok)
    throw new Failure("site incomplete", {
      path: url.pathname,
      status: String(reply.status),
    });
  return reply;
}

function knownExecutor(name: string | null): RunOn | null {
  const known = ["auto", "webgpu", "wasm", "webgl", "cpu"];
  return name !== null && known.includes(name) ? (name as RunOn) : null;
}

function knownTask(word: string | null): Task | null {
  return word !== null && isTask(word) ? word : null;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
}
