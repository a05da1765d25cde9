"""Answers of the test rows → the figures of a task, by scikit-learn, SciPy and seqeval."""

import numpy
from scipy.stats import pearsonr, spearmanr
from seqeval import metrics as entities
from seqeval.scheme import IOB2
from sklearn import metrics


def best_threshold(probabilities, marks):
    """From which probability on the label is given, where its F1 is best; midway between two neighbours (or the
    lowest and 0), of equally good ones the nearest to 0.5; 0.5 for a label that no row has."""
    support = int(marks.sum())
    if support == 0:
        return 0.5
    order = numpy.argsort(-probabilities, kind="stable")
    ranked = probabilities[order]
    # The last row of each group of equal probabilities.
    cuts = numpy.flatnonzero(numpy.append(ranked[:-1] != ranked[1:], True))
    f1 = 2 * numpy.cumsum(marks[order].astype(numpy.int64))[cuts] / (cuts + 1 + support)
    lower = numpy.append(ranked[cuts[:-1] + 1], numpy.float32(0))
    middle = ((lower.astype(numpy.float64) + ranked[cuts]) / 2).astype(numpy.float32)
    between = numpy.where(middle > lower, middle, ranked[cuts])[f1 == f1.max()]
    return float(between[numpy.argmin(numpy.abs(between - 0.5))])


def tuned_thresholds(probabilities, marks):
    """Both [row, label]; one a label."""
    return numpy.array(
        [best_threshold(probabilities[:, label], marks[:, label]) for label in range(marks.shape[1])],
        dtype=numpy.float32,
    )


def halves_macro_f1(probabilities, marks):
    """Each half of the rows by the thresholds of the other half."""
    given = numpy.empty(marks.shape, dtype=int)
    for half in (0, 1):
        own, other = slice(half, None, 2), slice(1 - half, None, 2)
        given[own] = probabilities[own] >= tuned_thresholds(probabilities[other], marks[other])
    return metrics.f1_score(marks, given, average="macro", zero_division=0)


def metrics_of(task, answers, truth, thresholds=None, positive=None):
    """`answers` are logits [row, label], of many labels probabilities, of scores those of [row, 1] in their own unit; of
    spans both are tags by name, [row][word]."""
    if task == "spans":
        return {
            "entityF1": entities.f1_score(truth, answers, zero_division=0),
            "strictEntityF1": entities.f1_score(truth, answers, mode="strict", scheme=IOB2, zero_division=0),
            "entityPrecision": entities.precision_score(truth, answers, zero_division=0),
            "entityRecall": entities.recall_score(truth, answers, zero_division=0),
            "tokenAccuracy": entities.accuracy_score(truth, answers),
        }
    if task == "score":
        predicted = answers[:, 0]
        return {
            "rmse": metrics.root_mean_squared_error(truth, predicted),
            "mae": metrics.mean_absolute_error(truth, predicted),
            "r2": metrics.r2_score(truth, predicted),
            "pearson": float(pearsonr(predicted, truth).statistic),
            "spearman": float(spearmanr(predicted, truth).statistic),
        }
    if task == "many labels":
        given = (answers >= (0.5 if thresholds is None else thresholds)).astype(int)
        of = lambda average: metrics.f1_score(truth, given, average=average, zero_division=0)
        occurring = truth.sum(0) > 0
        return {
            "microF1": of("micro"),
            "macroF1": of("macro"),
            "weightedF1": of("weighted"),
            "subsetAccuracy": metrics.accuracy_score(truth, given),
            "hammingLoss": metrics.hamming_loss(truth, given),
            "meanAveragePrecision": float(
                metrics.average_precision_score(truth[:, occurring], answers[:, occurring], average="macro")
            ),
        }
    predicted = answers.argmax(-1)
    figures = {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "macroF1": metrics.f1_score(truth, predicted, average="macro", zero_division=0),
        "mcc": float(metrics.matthews_corrcoef(truth, predicted)),
    }
    if positive is not None:
        figures["f1"] = metrics.f1_score(truth, predicted, labels=[positive], average=None, zero_division=0)[0]
    return figures
