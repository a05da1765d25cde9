import { existsSync, readdirSync } from "node:fs";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// Who may import whom. A module is `src/x.ts` (its face) plus `src/x/` (its private parts).
const mayImport = {
  task: [],
  said: ["say/codes"],
  options: ["said"],
  say: ["said"],
  port: ["said"],
  statistics: [],
  figures: [],
  data: ["task", "said", "port", "figures"],
  engine: ["task", "said", "options", "data", "port", "statistics", "figures"],
  metrics: ["task", "engine"],
  storage: [],
  studio: [
    ...["said", "say", "options", "data", "engine", "metrics", "storage"],
    ...["task", "port"],
  ],
  views: [
    "task",
    "said",
    "say",
    "options",
    "studio",
    "metrics",
    "data",
    "statistics",
  ],
};
// What one sees of a module from outside: its face, and leaves that two modules share.
const leaves = {
  engine: ["./engine/protocol.ts"],
  data: ["./data/dataset.ts", "./data/words.ts"],
};
const seen = (name) => [`./${name}.ts`, ...(leaves[name] ?? [])];
const instead = {
  task: "It is one table: pass what decides as an argument.",
  said: "It is what everybody may import.",
  options: "It is one table: pass what decides as an argument.",
  say: "It knows sentences, not what they are about: pass values.",
  port: "It is the mechanism under everything: pass what it needs as an argument.",
  figures: "They know numbers only: pass them as arguments.",
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
/** One zone a room: what lies in it may import itself, its folder and `allowed`. */
const zone = (folder, name, allowed, message) => ({
  target: [`${folder}/${name}.ts`, `${folder}/${name}/**/*`],
  from: folder,
  except: [`./${name}.ts`, `./${name}`, ...allowed],
  message,
});
const faces = Object.entries(mayImport).map(([name, allowed]) =>
  zone(
    "./src",
    name,
    allowed.flatMap(seen),
    `${name} may import only ${allowed.join(", ") || "nothing of ours"}, and only their faces. ${instead[name]}`,
  ),
);

// Inside the engine arrows point one way, upwards in this list: a room may import
// itself and what is listed. Every file of the engine is in one of them.
const engineRooms = {
  protocol: [],
  random: [],
  parameters: [],
  device: ["protocol"],
  kernels: [],
  program: ["kernels", "device", "parameters"],
  model: ["protocol", "parameters"],
  oracle: ["protocol", "parameters", "model", "program"],
  tasks: ["protocol", "parameters"],
  classifier: ["protocol", "parameters", "model", "program"],
  passes: [
    ...["protocol", "random", "model", "program", "tasks", "classifier"],
  ],
  predict: ["protocol", "model", "tasks", "classifier", "passes"],
  explain: ["protocol", "tasks", "passes", "predict"],
  evaluate: ["protocol", "model", "tasks", "passes", "predict"],
  train: ["protocol", "model", "tasks", "classifier", "passes", "explain"],
  export: ["protocol", "model", "tasks"],
  executors: [
    ...["protocol", "random", "device", "program", "model", "oracle"],
    "classifier",
  ],
  handlers: [
    ...["protocol", "device", "model", "tasks", "classifier", "passes"],
    ...["predict", "explain", "evaluate", "train", "export", "executors"],
  ],
  worker: ["protocol", "handlers"],
  fixtures: null,
};
for (const entry of readdirSync(new URL("src/engine", import.meta.url))) {
  const room = entry.split(".")[0];
  if (entry !== "tsconfig.json" && !(room in engineRooms))
    throw new Error(
      `src/engine/${entry} is in no room of eslint.config.js: add it to engineRooms.`,
    );
}
const insideEngine = Object.entries(engineRooms)
  .filter(([, allowed]) => allowed !== null)
  .map(([name, allowed]) =>
    zone(
      "./src/engine",
      name,
      allowed.flatMap((other) => [`./${other}.ts`, `./${other}`]),
      `engine/${name} may import only ${allowed.join(", ") || "nothing"} of the engine: kernels ← program ← model ← tasks ← train, explain, export ← worker. Take it as an argument, or move this code up to who may.`,
    ),
  );

/** A face looks into its folder; what lies there never looks back. What both need is a leaf. */
const noLookingBack = facesBelow("src").map((face) => ({
  target: `./${face}/**/!(*.test).{ts,tsx}`,
  from: `./${face}.ts`,
  message: `${face}.ts is the face of this folder. Put what both need in a file of its own inside the folder.`,
}));
function facesBelow(folder) {
  return readdirSync(new URL(folder, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [
      ...(existsSync(new URL(`${folder}/${name}.ts`, import.meta.url))
        ? [`${folder}/${name}`]
        : []),
      ...facesBelow(`${folder}/${name}`),
    ]);
}

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
        { zones: [...faces, ...insideEngine, ...noLookingBack] },
      ],
    },
  },
  {
    // TensorFlow.js is 1.6 MB that few need: only `await import` may lead to it.
    files: ["src/engine/**/*.ts"],
    ignores: [
      "src/engine/executors/tensorflow.ts",
      "src/engine/{oracle,fixtures}/**",
      "src/**/*.test.ts",
    ],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex:
                "^@tensorflow/|/oracle/|/executors/tensorflow$|^\\./tensorflow$",
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
