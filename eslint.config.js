import { createNodeResolver, importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// Who may import whom. A module is `src/x.ts` (its face) plus `src/x/` (its private parts).
const mayImport = {
  port: [],
  statistics: [],
  data: ["port"],
  engine: ["data", "port", "statistics"],
  metrics: ["engine"],
  storage: [],
  studio: ["data", "engine", "metrics", "storage", "port"],
  views: ["studio", "metrics", "data", "statistics"],
};
// What one sees of a module from outside: its face, and for the engine also the
// file that holds everything that crosses the thread.
const seen = (name) =>
  name === "engine"
    ? ["./engine.ts", "./engine/protocol.ts"]
    : [`./${name}.ts`];
const instead = {
  port: "It is the mechanism under everything: pass what it needs as an argument.",
  statistics: "It knows numbers only: pass them as arguments.",
  data: "Rows know nothing of models or screens: pass what is needed as an argument.",
  engine:
    "The worker never touches a pixel: send it as Progress (engine/protocol.ts).",
  metrics: "Take it from a Progress event, or as an argument.",
  storage: "It stores bytes and JSON: let studio.ts translate.",
  studio:
    "The store shows nothing: put it in views/ and let it read the store.",
  views:
    "Read it from studio.ts or metrics.ts, which pass on the types a panel needs.",
};
const faces = Object.entries(mayImport).map(([name, allowed]) => ({
  target: [`./src/${name}.ts`, `./src/${name}/**/*`],
  from: "./src",
  except: [`./${name}.ts`, `./${name}`, ...allowed.flatMap(seen)],
  message: `${name} may import only ${allowed.join(", ") || "nothing of ours"}, and only their faces. ${instead[name]}`,
}));

// Inside the engine arrows point one way: a part may import itself and what is listed.
const leaves = ["protocol", "json", "tokenizer", "weights", "device"];
const kernels = ["kernels"];
const engineParts = {
  protocol: [],
  json: [],
  tokenizer: ["protocol", "json"],
  weights: ["protocol"],
  device: ["protocol"],
  kernels: [],
  adamw: ["kernels"],
  program: [...kernels, ...leaves],
  bert: [...kernels, ...leaves],
};
const insideEngine = [
  ...Object.entries(engineParts).map(([name, allowed]) => ({
    target: [`./src/engine/${name}.ts`, `./src/engine/${name}/**/*`],
    from: "./src/engine",
    except: [
      `./${name}.ts`,
      `./${name}`,
      ...allowed.flatMap((other) => [`./${other}.ts`, `./${other}`]),
    ],
    message: `engine/${name} may import only ${allowed.join(", ") || "nothing"} of the engine: kernels ← program ← training ← worker, bert beside program. Take it as an argument, or move this code up to training.ts.`,
  })),
  {
    target: ["./src/engine/training.ts", "./src/engine/training/**/*"],
    from: ["./src/engine/worker.ts", "./src/engine/serve.ts"],
    message:
      "training yields Progress and knows no worker: yield it, and let worker.ts send it.",
  },
  {
    target: "./src/engine/**/!(*.test).ts",
    from: "./src/engine.ts",
    message:
      "engine.ts is the page's side of the thread: share through engine/protocol.ts.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "dist",
      "demo",
      "public",
      "node_modules",
      "test-results",
      "playwright-report",
      // Another language in TypeScript's clothes; its compiler checks it.
      "src/engine/kernels/*.wasm.ts",
    ],
  },
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [
        createNodeResolver({ extensions: [".ts", ".tsx", ".js"] }),
      ],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      "import-x/no-cycle": "error",
      "no-restricted-properties": [
        "error",
        ...["dataSync", "arraySync"].map((property) => ({
          property,
          message:
            "Blocks the worker until the GPU is idle: await data() at a reporting step instead.",
        })),
      ],
    },
  },
  {
    // Tests may look anywhere: they hold a module against its oracle.
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/**/*.test.{ts,tsx}"],
    plugins: { "import-x": importX },
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        { zones: [...faces, ...insideEngine] },
      ],
    },
  },
  {
    // TensorFlow.js is 1.6 MB that few need: only `await import` may lead to it.
    files: ["src/engine/**/*.ts"],
    ignores: [
      "src/engine/{bert,adamw,backends,classifier/tensorflow}.ts",
      "src/engine/{kernels,fixtures}/**",
      "src/**/*.test.ts",
    ],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex:
                "^@tensorflow/|/(bert|adamw|backends|tensorflow|kernels/(?!words$|.*\\.)[a-z]+)$",
              allowTypeImports: true,
              message:
                "This would load TensorFlow.js with the worker: import it where it is needed, with `await import`.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/engine/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["document", "window", "localStorage"].map((name) => ({
          name,
          message:
            "The engine runs in a worker: send Progress and let views/ show it.",
        })),
      ],
    },
  },
  {
    files: ["src/*.{ts,tsx}", "src/views/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
    },
  },
);
