// Answers beside what is so → figures, as scikit-learn, SciPy, conlleval and seqeval
// count them. Numbers only: models and baselines are judged by the same functions.

export {
  manyFigures,
  type ManyFigures,
  type ManyScores,
} from "./figures/many/figures";
export { figuresByHalves } from "./figures/many/halves";
export { probability } from "./figures/many/ranked";
export { evenThreshold, tunedThresholds } from "./figures/many/tune";
export { matthews } from "./figures/matthews";
export { scoreFigures, type ScoreFigures } from "./figures/score/figures";
export { PREDICATE, withoutPredicate } from "./figures/spans/predicate";
export { looseEntities, type Entity } from "./figures/spans/entities";
export { errorsOf } from "./figures/spans/errors";
export { spanFigures, type SpanFigures } from "./figures/spans/figures";
