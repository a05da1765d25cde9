// The report as Markdown.

import {
  best,
  memoryShare,
  type ProductSpeed,
  type Report,
  type Result,
} from "./report.ts";

export const titles: Record<string, string> = {
  cpu: "Attune CPU",
  torch: "PyTorch CPU",
  "jax-wasm": "jax-js wasm",
  "tfjs-wasm": "tfjs wasm",
  webgpu: "Attune WebGPU",
  "jax-webgpu": "jax-js WebGPU",
  "tfjs-webgpu": "tfjs WebGPU",
};

const isOurs = (engine: string) => titles[engine]!.startsWith("Attune");

type Row = (string | number)[];

function table(head: string[], rows: Row[]): string {
  const line = (cells: Row) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, i) => (i ? "---:" : "---"))),
    ...rows.map(line),
  ].join("\n");
}

const ms = (value: number) =>
  value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
const mega = (bytes: number) => (bytes / 1e6).toFixed(0);

/** Fewer steps than asked for are told in the cell. */
function cell(result: Result | undefined, usual: number): string {
  if (!result) return "–";
  if (result.failure) return "failed";
  const few = result.ms.length < usual ? `, ${result.ms.length} steps` : "";
  return `${ms(result.median)} (${ms(result.minimum)}${few})`;
}

function steps({ workloads }: Report): string[] {
  const engines = Object.keys(titles).filter((name) =>
    workloads.some(({ results }) => results.some((r) => r.engine === name)),
  );
  const usual = Math.max(
    ...workloads.flatMap(({ results }) => results.map(({ ms }) => ms.length)),
  );
  const rows = (show: (result: Result | undefined) => string) =>
    workloads.map(({ workload, batch, results }) => [
      `${workload.model} ${batch}`,
      ...engines.map((name) => show(results.find((r) => r.engine === name))),
    ]);
  const head = ["model, batch", ...engines.map((name) => titles[name]!)];
  return [
    `Milliseconds per step, median (minimum) of ${usual} steps after warm-up:`,
    table(
      head,
      rows((result) => cell(result, usual)),
    ),
    "Tokens per second:",
    table(
      head,
      rows((result) =>
        result && !result.failure
          ? Math.round(result.tokensPerSecond).toLocaleString("en")
          : "–",
      ),
    ),
  ];
}

function notes({ workloads }: Report): string {
  const said = new Map<string, string>();
  for (const { results } of workloads)
    for (const { engine, detail, omits, failure } of results) {
      const text = failure ?? detail + (omits && `; ${omits}`);
      if (!said.has(engine)) said.set(engine, text);
    }
  return [...said]
    .map(([engine, text]) => `- ${titles[engine]}: ${text}`)
    .join("\n");
}

function held({ workloads }: Report): string {
  const rows = workloads.flatMap((measured) =>
    measured.results
      .filter(({ figures }) => figures)
      .map((result): Row => {
        const { bytes, bytesOf, heap } = result.figures!;
        return [
          `${measured.workload.model} ${measured.batch}, ${titles[result.engine]}`,
          bytes ? mega(bytes) : "–",
          bytesOf,
          heap === null ? "–" : (heap / 1e6).toFixed(1),
          mega(measured.plannedBytes),
          isOurs(result.engine)
            ? memoryShare(measured, result)!.toFixed(2)
            : "–",
        ];
      }),
  );
  return table(
    ["peak memory, MB", "held", "of", "heap", "planned", "share"],
    rows,
  );
}

function products(speeds: ProductSpeed[], engines: string[]): string {
  const known = engines.filter((name) =>
    speeds.some(({ speed }) => speed[name]),
  );
  const top = best(speeds, engines);
  return table(
    [
      `GFLOP/s (best ${top.toFixed(top < 10 ? 1 : 0)})`,
      ...known.map((name) => titles[name]!),
      "ours / best",
    ],
    speeds.map(({ model, form, m, n, k, times, speed }) => {
      const own = speed[known.find(isOurs)!];
      return [
        `${times ? `${model} ×${times}` : "for comparison"} ${form} ${m}×${n}×${k}`,
        ...known.map((name) => speed[name]?.toFixed(1) ?? "–"),
        own ? `${((100 * own) / top).toFixed(0)} %` : "–",
      ];
    }),
  );
}

export const processorEngines = ["cpu", "torch", "jax-wasm", "tfjs-wasm"];
export const gpuEngines = ["webgpu", "jax-webgpu", "tfjs-webgpu"];

export function markdown(report: Report): string {
  const { machine, lengths, dispatched } = report;
  const parts = [
    `${report.date.slice(0, 10)}, ${machine.cores} × ${machine.processor}, ${machine.system}, Chromium ${machine.browser}, Node ${machine.node}, GPU: ${report.adapter}, commit ${machine.commit}`,
    ...steps(report),
    notes(report),
    held(report),
  ];
  if (dispatched.length)
    parts.push(
      table(
        ["WebGPU executor", "dispatches per step", "µs of JavaScript each"],
        dispatched.map((d) => [
          d.model,
          d.dispatches,
          d.scriptMicroseconds.toFixed(1),
        ]),
      ),
    );
  if (lengths.length)
    parts.push(
      table(
        [
          "tokens of text per second, base 32 texts",
          "tokens per text",
          "packed",
          "padded to 128",
          "ratio",
          "losses apart",
        ],
        lengths.map((mix) => [
          `${mix.set} (${mix.what})`,
          mix.mean.toFixed(1),
          Math.round(mix.packed).toLocaleString("en"),
          Math.round(mix.padded).toLocaleString("en"),
          mix.ratio.toFixed(2),
          mix.difference.toExponential(1),
        ]),
      ),
    );
  for (const engines of [processorEngines, gpuEngines]) {
    const speeds = report.products.filter(({ speed }) =>
      engines.some((name) => speed[name]),
    );
    if (speeds.length) parts.push(products(speeds, engines));
  }
  return parts.join("\n\n");
}
