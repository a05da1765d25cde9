import { expect, test } from "vitest";
import { useBackend } from "./oracle/backends";
import { startingWeights } from "./model/parameters";
import type { Classifier } from "./classifier";
import { openProgram } from "./executors/program";
import { openTensorFlow } from "./executors/tensorflow";
import { batches, classifierTests, setup } from "./fixtures/classifier";
import { createInNode } from "./program/node";

classifierTests((program) => createInNode(program, 2));

test.each([12, 52])(
  "Two heads over %i features, no multiple of four, train as the judge does",
  async (hidden_size) => {
    await useBackend("cpu");
    const { config, ...rest } = setup({ fineTune: "all layers" });
    const odd = { ...config, hidden_size };
    const given = {
      ...rest,
      config: odd,
      weights: startingWeights(odd, new Map(), rest.labelCount, {
        seed: 1,
        randomWeights: true,
      }),
    };
    const losses = async (classifier: Classifier) => {
      for (let step = 0; step < 8; step++)
        classifier.train(batches[step % 4]!, 5e-3);
      const figures = await classifier.figures();
      classifier.dispose();
      return figures.flatMap(({ loss, norm }) => [loss, norm]);
    };
    const ours = await losses(
      await openProgram(given, (program) => createInNode(program, 1)),
    );
    const judge = await losses(openTensorFlow(given));
    expect(ours).toHaveLength(16);
    ours.forEach((value, i) =>
      expect(Math.abs(value - judge[i]!)).toBeLessThan(2e-4 * (1 + judge[i]!)),
    );
  },
);
